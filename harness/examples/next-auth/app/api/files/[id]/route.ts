import { answer } from '../../../../lib/answer'
import { mustVaultKey } from '../../../../lib/session'
import { openFile } from '../../../../lib/file'

interface Context {
  params: Promise<{ id: string }>
}

/** GET /api/files/:id: the bytes, streamed; the browser never sees where from. */
export const GET = (request: Request, { params }: Context): Promise<Response> =>
  answer(async () => openFile(await mustVaultKey(), (await params).id, request))
