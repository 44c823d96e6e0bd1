import { json, requireSession, respond } from '@/lib/api/respond'
import { fileColour } from '@/lib/logic/colour'
import { openPreview } from '@/lib/logic/preview'

export interface FileRoute {
  params: Promise<{ fileId: string }>
}

/** GET and HEAD /api/preview/:fileId: the bytes, streamed; Range as the storage supports it. */
export function preview(request: Request, { params }: FileRoute): Promise<Response> {
  return respond(async () => {
    const { vaultKey } = await requireSession()
    const { status, headers, body } = await openPreview({
      vaultKey,
      fileId: (await params).fileId,
      method: request.method === 'HEAD' ? 'HEAD' : 'GET',
      range: request.headers.get('range') ?? undefined,
      ifRange: request.headers.get('if-range') ?? undefined,
      signal: request.signal,
    })
    return new Response(body, { status, headers })
  })
}

/** GET /api/files/:fileId/colour: {colour: "#rrggbb"}. */
export function colour(_request: Request, { params }: FileRoute): Promise<Response> {
  return respond(async () =>
    json({ colour: await fileColour((await requireSession()).vaultKey, (await params).fileId) }),
  )
}
