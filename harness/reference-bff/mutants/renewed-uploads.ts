import type { BackendAnswer, BackendCall } from '../conduit-http.ts'
import type { SentFile } from '../multipart.ts'
import type { Parts, Services } from '../services.ts'
import type { Session } from '../sessions.ts'

/** Asks the backend with the session's token as it is; a 401 ends the attempt. */
export type Ask = (call: BackendCall) => Promise<BackendAnswer>

class Expired extends Error {}

/** The parts with uploads that are attempted as a whole, and after a renewal as a whole once more, with the file as the first attempt left it. */
export function uploadsInAttempts(
  parts: Parts,
  attempt: (file: SentFile, ask: Ask, services: Services) => Promise<string>,
): Parts {
  return {
    ...parts,
    uploads: (services) => {
      const once = (session: Session, file: SentFile) =>
        attempt(
          file,
          async (call) => {
            const answer = await services.http.backend(call, session.entry.tokens.accessToken)
            if (answer.status === 401) throw new Expired()
            return answer
          },
          services,
        )
      return {
        async store(session, file) {
          try {
            return await once(session, file)
          } catch (error) {
            if (!(error instanceof Expired)) throw error
            session.entry = await services.renewal.renew(session.key, session.entry)
            return once(session, file)
          }
        },
      }
    },
  }
}

/** A place in storage for a file: its id, and the URL to put it to. */
export async function newPlace(ask: Ask, mimeType: string): Promise<{ id: string; url: URL }> {
  const { text } = await ask({ method: 'POST', path: '/storage/upload', json: { mimeType } })
  const { file, url } = JSON.parse(text) as { file: { _id: string }; url: string }
  return { id: file._id, url: new URL(url) }
}
