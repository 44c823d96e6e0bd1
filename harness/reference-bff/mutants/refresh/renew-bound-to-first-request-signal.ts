import { AsyncLocalStorage } from 'node:async_hooks'
import { defineMutant } from '../mutant.ts'
import { changedRenewCall } from '../renew-call.ts'

export const renewBoundToFirstRequestSignal = defineMutant({
  name: 'renew-bound-to-first-request-signal',
  defect: 'The shared renewal is aborted when the request that began it goes away.',
  kills: { 'REFRESH-24': /renewals|the others' answers/ },
  apply: (parts) => {
    const caller = new AsyncLocalStorage<AbortSignal | undefined>()
    return {
      ...changedRenewCall(parts, (call) => {
        const signal = caller.getStore()
        return signal ? { ...call, signal } : call
      }),
      conduit: (services) => {
        const conduit = parts.conduit(services)
        return {
          ...conduit,
          json: (session, call) => caller.run(call.signal, () => conduit.json(session, call)),
        }
      },
    }
  },
})
