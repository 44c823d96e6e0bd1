import type { BffContext, Parts, Services } from '../services.ts'
import { wrappedRoute, type Change } from './change-answer.ts'

/** The parts with an image optimiser at /assets/image. */
export const servedPictures = (
  parts: Parts,
  pictureFor: (c: BffContext, services: Services) => Promise<Buffer>,
): Parts =>
  wrappedRoute(parts, 'script', (handler, services) => async (c) => {
    if (c.req.param('file') !== 'image') return handler(c)
    const picture = await pictureFor(c, services)
    return c.body(new Uint8Array(picture), 200, { 'content-type': 'image/png' })
  })

/** The page with the presigned URL of each cover in its address. */
export async function presignedCovers(
  answer: Response,
  { c, services }: Parameters<Change>[1],
  addressFor: (url: string) => string,
): Promise<Response> {
  if (answer.status !== 200) return answer
  const { sessions, fileUrls } = services
  const session = await sessions.require(c.req.header('cookie'))
  let html = await answer.text()
  for (const [path, id = ''] of html.matchAll(/\/api\/files\/([\w-]+)\/preview/g)) {
    const url = await fileUrls.resolve(session, id, c.req.raw.signal).catch(() => undefined)
    if (url !== undefined) html = html.replace(path, addressFor(url).replaceAll('&', '&amp;'))
  }
  return new Response(html, { headers: answer.headers })
}
