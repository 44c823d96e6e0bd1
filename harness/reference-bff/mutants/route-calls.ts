import type { BackendAnswer, BackendCall } from '../conduit-http.ts'
import { BffFailure } from '../failure.ts'
import type { Parts, Services } from '../services.ts'
import type { Session } from '../sessions.ts'

/** What is done about an answer of some calls; whatever comes back takes its place. */
type Afterwards = (
  answer: Pick<BackendAnswer, 'status'>,
  about: { session: Session; call: BackendCall; services: Services },
) => Promise<BackendAnswer | undefined>

/** The parts with something done after those calls of a session that are meant, and after no others. */
export function afterCalls(
  parts: Parts,
  isMeant: (call: BackendCall) => boolean,
  afterwards: Afterwards,
): Parts {
  return {
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      return {
        async send(session, call) {
          const answer = await conduit.send(session, call)
          if (!isMeant(call)) return answer
          return (await afterwards(answer, { session, call, services })) ?? answer
        },
        async json(session, call) {
          try {
            return await conduit.json(session, call)
          } catch (error) {
            if (isMeant(call) && error instanceof BffFailure)
              await afterwards({ status: error.status }, { session, call, services })
            throw error
          }
        },
      }
    },
  }
}

/** Who is signed in. */
export const isMe = ({ path }: BackendCall): boolean => path === '/authentication/user'

/** The address of a file. */
export const isFileUrl = ({ path }: BackendCall): boolean => path.startsWith('/storage/getFileUrl/')
