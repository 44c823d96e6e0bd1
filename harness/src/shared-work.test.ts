import { expect, it } from 'vitest'
import type { Exchange } from './instruments/http-exchange.ts'
import { createRecorder } from './instruments/recorder.ts'
import { createSharedWork } from './shared-work.ts'

const answer = { status: 200, rawBody: Buffer.from('seen') } as Exchange

function setup() {
  const recorder = createRecorder()
  let arrived = 0
  const work = createSharedWork(recorder, () => Promise.resolve(arrived))
  let done = 0
  const look = (check: string) =>
    work.get('a look', check, () => {
      recorder.record(answer)
      arrived += 2
      return Promise.resolve((done += 1))
    })
  return { work, look }
}

it('is done for the first check that asks, and lends the others what went over the wire', async () => {
  const { work, look } = setup()
  expect([await look('A'), await look('B'), await look('C')]).toEqual([1, 1, 1])
  expect(work.borrowedBy('A')).toEqual([])
  expect(work.borrowedBy('B')).toMatchObject([{ exchanges: [answer], since: 0, until: 2 }])
})

it('is done anew for a check that asks once more', async () => {
  const { look } = setup()
  expect([await look('A'), await look('A'), await look('B'), await look('B')]).toEqual([1, 2, 2, 3])
})

it('does not keep what went wrong', async () => {
  const { work, look } = setup()
  await expect(
    work.get('a look', 'A', () => Promise.reject(new Error('no browser'))),
  ).rejects.toThrow('no browser')
  expect(await look('B')).toEqual(1)
})
