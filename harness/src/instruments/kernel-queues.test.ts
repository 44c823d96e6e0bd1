import { expect, it } from 'vitest'
import { readKernelQueues } from './kernel-queues.ts'

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000005 00:00000000
   1: 0100007F:1F90 0100007F:C001 01 00000100:00000007 00:00000000
   2: 0100007F:C001 0100007F:1F90 01 00000009:00000200 00:00000000
`

it('adds up what left a server and has not been read, listeners and the other direction apart', async () => {
  const queued = await readKernelQueues((path) => Promise.resolve(path.endsWith('6') ? '' : TABLE))
  expect([queued?.(8080), queued?.(1)]).toEqual([0x100 + 0x200, 0])
})

it('says so when the kernel does not tell', async () => {
  expect(await readKernelQueues(() => Promise.reject(new Error('no such file')))).toEqual(undefined)
})
