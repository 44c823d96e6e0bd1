import { defineMutant } from '../mutant.ts'
import type { Session } from '../../sessions.ts'

const WORKERS = 64

export const workerRemembersSession = defineMutant({
  name: 'worker-remembers-session',
  defect:
    'Requests are served by workers in turn, and one without a cookie meets the session that its worker served before.',
  kills: { 'VAULT-13': /^list without a cookie/ },
  apply: (parts) => ({
    ...parts,
    sessions: (services) => {
      const sessions = parts.sessions(services)
      const original = { ...sessions }
      const served = new Map<number, Session>()
      let turn = 0
      return Object.assign(sessions, {
        async require(cookieHeader: string | undefined) {
          turn = (turn + 1) % WORKERS
          const worker = turn
          const before = served.get(worker)
          if (sessions.idIn(cookieHeader) === undefined && before) return before
          const session = await original.require(cookieHeader)
          served.set(worker, session)
          return session
        },
      })
    },
  }),
})
