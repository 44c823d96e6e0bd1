import encodeUrl from 'encodeurl'
import escapeHtml from 'escape-html'
import type { HeaderList, WireRequest, WireResponse } from './message.ts'

const TEXT = 'text/plain'

/** Express' `res.redirect`: the location percent-encoded where it must be, a body by Accept (text first). Source: express 5.2.1, lib/response.js:819-870. */
export async function redirect(
  request: Pick<WireRequest, 'headers'>,
  headers: HeaderList,
  to: { location: string; cookies: HeaderList },
): Promise<WireResponse> {
  const location = encodeUrl(to.location)
  const { type, body } = await pageOf(request.headers['accept'], location)
  const varied = headers.find(([name]) => name === 'Vary')
  const own: HeaderList = [
    ['Location', location],
    ['Vary', varied ? `${varied[1]}, Accept` : 'Accept'],
    ...(type === undefined
      ? []
      : [['Content-Type', `${type}; charset=utf-8`] satisfies [string, string]]),
    ['Content-Length', String(body.length)],
  ]
  const kept = headers.filter((header) => header !== varied)
  return { status: 302, headers: [...kept, ...to.cookies, ...own], body }
}

interface Page {
  type: string | undefined
  body: Buffer
}

async function pageOf(accept: string | undefined, location: string): Promise<Page> {
  const type = accept === undefined ? TEXT : await preferred(accept)
  const text = `Found. Redirecting to ${location}`
  if (type === undefined) return { type, body: Buffer.alloc(0) }
  return { type, body: Buffer.from(type === TEXT ? text : `<p>${escapeHtml(text)}</p>`) }
}

/** The negotiator is loaded with the first redirect that needs it. */
async function preferred(accept: string): Promise<string | undefined> {
  const { default: Negotiator } = await import('negotiator')
  return new Negotiator({ headers: { accept } }).mediaTypes([TEXT, 'text/html'])[0]
}
