import { randomUUID } from 'node:crypto'
import { extname } from 'node:path'
import { z } from 'zod'
import { withDeadline } from './deadline.ts'
import { BffFailure, unavailable } from './failure.ts'
import type { SentFile } from './multipart.ts'
import type { Services } from './services.ts'
import type { Session } from './sessions.ts'
import { storageUrl } from './storage.ts'

/** Brings files of the browser to the storage host. */
export interface Uploads {
  /**
   * Stores a file in the caller's scope and gives its id. The backend is asked for the place first, so that a renewal comes before any byte
   * is read; when the bytes do not arrive, the place is given back.
   */
  store(session: Session, file: SentFile): Promise<string>
}

const placeSchema = z.object({ file: z.object({ _id: z.string() }), url: z.string() })

const LONGEST_MS = 300_000
const EXTENSION = /^\.[a-z0-9]{1,8}$/i

export function createUploads({
  conduit,
  http,
  settings,
}: Pick<Services, 'conduit' | 'http' | 'settings'>): Uploads {
  const giveBack = async (session: Session, id: string) => {
    const path = `/storage/file/${encodeURIComponent(id)}`
    await conduit.send(session, { method: 'DELETE', path }).catch((error: unknown) => {
      if (!(error instanceof BffFailure)) throw error
    })
  }
  return {
    async store(session, { name, content }) {
      const extension = extname(name)
      const place = placeSchema.safeParse(
        await conduit.json(session, {
          method: 'POST',
          path: '/storage/upload',
          query: { scope: `User:${session.entry.userId}` },
          json: {
            // Conduit refuses a name that the folder has already.
            name: `${randomUUID()}${EXTENSION.test(extension) ? extension : ''}`,
            alias: name.slice(0, 200),
          },
        }),
      )
      if (!place.success) throw unavailable(502, 'backend_answer_invalid')
      const { file, url } = place.data
      try {
        const status = await withDeadline(LONGEST_MS, undefined, (signal) =>
          http.put(storageUrl(url, settings), content, signal),
        )
        if (status !== 200) throw unavailable(502, 'storage_failed')
      } catch (cause) {
        await giveBack(session, file._id)
        throw cause instanceof BffFailure ? cause : unavailable(502, 'storage_unreachable', cause)
      }
      return file._id
    },
  }
}
