import { readFile } from '../multipart.ts'
import type { Handler, Services } from '../services.ts'

const MOST_BYTES = 32 * 1024 * 1024

/** POST /api/files, a form with one file → 201 { id, name }; the file is streamed to the storage host. */
export function createUploadHandler({
  sessions,
  uploads,
}: Pick<Services, 'sessions' | 'uploads'>): Handler {
  return async (c) => {
    const session = await sessions.require(c.req.header('cookie'))
    const file = await readFile(c, MOST_BYTES)
    return c.json({ id: await uploads.store(session, file), name: file.name }, 201)
  }
}
