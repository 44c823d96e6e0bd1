import { PAGE_HEADERS, script } from '../page.ts'
import type { BffContext, Parts, Services } from '../services.ts'
import { changedAnswer, wrappedRoute } from './change-answer.ts'

/** The parts with more at the end of the page's script. */
export function appendedScript(
  parts: Parts,
  more: (c: BffContext, services: Services) => string | Promise<string>,
): Parts {
  return wrappedRoute(
    parts,
    'script',
    (handler, services) => async (c) =>
      c.req.param('file') === 'app.js'
        ? c.body(`${await more(c, services)}\n${script}`, 200, {
            'content-type': 'text/javascript',
          })
        : handler(c),
  )
}

/** The parts with another file beside the script. */
export function addedFile(
  parts: Parts,
  file: { name: string; type: string; text: (services: Services) => string },
): Parts {
  return wrappedRoute(
    parts,
    'script',
    (handler, services) => async (c) =>
      c.req.param('file') === file.name
        ? c.body(file.text(services), 200, { 'content-type': file.type })
        : handler(c),
  )
}

/** The parts with pages that may fetch and show what other hosts have. */
export const withOpenPolicy = (parts: Parts): Parts =>
  (['page', 'postsPage'] as const).reduce(
    (open, route) =>
      changedAnswer(open, route, (answer) => {
        if (answer.headers.has('content-security-policy'))
          answer.headers.set(
            'content-security-policy',
            PAGE_HEADERS['content-security-policy']
              .replace("connect-src 'self'", 'connect-src *')
              .replace("img-src 'self'", 'img-src *'),
          )
        return answer
      }),
    parts,
  )

/** The caller's access token as a JavaScript expression that no search for text finds; `undefined` without a session. */
export async function hiddenToken(c: BffContext, { sessions }: Services): Promise<string> {
  const session = await sessions.require(c.req.header('cookie')).catch(() => undefined)
  if (!session) return 'undefined'
  const codes = Array.from(session.entry.tokens.accessToken, (each) => each.charCodeAt(0) + 7)
  return `String.fromCharCode(...[${codes.join()}].map((code) => code - 7))`
}
