import { connect } from 'node:net'
import { defineMutant } from '../mutant.ts'
import { wrappedBackend } from '../wrapped-backend.ts'

export const refusalsLeftUnread = defineMutant({
  name: 'refusals-left-unread',
  defect:
    'The answer of a call that the backend refuses is not read to its end, so that its connection is neither used again nor closed.',
  kills: { 'RESIL-15': 'what has grown' },
  needsProcess: true,
  apply: (parts) =>
    wrappedBackend(parts, (backend, services) => {
      const lost: unknown[] = []
      return async (call, bearer) => {
        const answer = await backend(call, bearer)
        const { hostname, port } = new URL(services.settings.conduitUrl)
        if (answer.status === 401)
          lost.push(
            connect({ port: Number(port), host: hostname, allowHalfOpen: true })
              .pause()
              .on('error', () => undefined),
          )
        return answer
      }
    }),
})
