import { answer } from '../../../../lib/answer'
import { mustVaultKey } from '../../../../lib/session'
import { openFile } from '../../../../lib/file'

interface Context {
  params: Promise<{ id: string }>
}

/** GET and HEAD /api/files/:id: the bytes, streamed; the browser never sees where from. */
export const GET = (request: Request, { params }: Context): Promise<Response> =>
  answer(async () => openFile(await mustVaultKey(), (await params).id, request))

/** Next would run GET for HEAD and leave the download as it is: open. */
export const HEAD = async (request: Request, context: Context): Promise<Response> => {
  const { body, status, headers } = await GET(request, context)
  await body?.cancel()
  return new Response(null, { status, headers })
}
