import { isAccepted, jsonOf } from '../instruments/http-exchange.ts'
import { isRecord } from '../is-record.ts'
import type { Csrf } from '../target/schema.ts'
import { commonPaths } from './candidates.ts'
import type { PageHints } from './page-hints.ts'
import { browserOf, get, open, type Probe } from './probe.ts'

/** Headers that carry a token in most frameworks. */
const TOKEN_HEADERS = ['x-csrf-token', 'x-xsrf-token', 'x-csrftoken', 'x-csrf']
const MOST_PAGES = 6

/** The usual schemes, and those that the site's own pages, scripts and answers suggest. */
export async function csrfSchemes(probe: Probe, hints: PageHints): Promise<Csrf[]> {
  const named = [...new Map(hints.headers.map((each) => [each.name.toLowerCase(), each])).values()]
  const fixed = named.flatMap(({ name, value }): Csrf[] =>
    value === undefined || value === '' ? [] : [{ header: name, value }],
  )
  const headers = [...new Set([...named.map(({ name }) => name.toLowerCase()), ...TOKEN_HEADERS])]
  return [
    'none',
    ...fixed,
    { header: 'X-CSRF', value: '1' },
    { header: 'X-Requested-With', value: 'XMLHttpRequest' },
    ...(await handedOut(probe, headers)),
    ...(await doubled(probe, { pages: hints.pages, headers })),
  ]
}

/** A token that a route gives. */
async function handedOut(probe: Probe, headers: readonly string[]): Promise<Csrf[]> {
  const found: Csrf[] = []
  for (const path of commonPaths('csrf')) {
    const answer = await get(probe, browserOf(probe), path)
    const at = isAccepted(answer) ? textIn(jsonOf(answer)) : undefined
    if (at === undefined) continue
    for (const header of headers) found.push({ get: path, json: at, header })
    found.push({ get: path, json: at, field: at.split('.').at(-1) ?? '' })
  }
  return found
}

/** A cookie that a page sets, and that is to be repeated in a header. */
async function doubled(
  probe: Probe,
  { pages, headers }: { pages: readonly string[]; headers: readonly string[] },
): Promise<Csrf[]> {
  const found = new Map<string, string>()
  for (const page of [...new Set(['/', '/login', ...pages])].slice(0, MOST_PAGES)) {
    const browser = browserOf(probe)
    await open(probe, browser, page)
    for (const { name } of browser.jar.cookies()) if (!found.has(name)) found.set(name, page)
  }
  return [...found].flatMap(([cookie, page]): Csrf[] => {
    const bare = cookie.toLowerCase().replace(/^__(host|secure)-/, '')
    return [...new Set([...headers, `x-${cookie.toLowerCase()}`, `x-${bare}`])].map((header) => ({
      cookie,
      header,
      ...(page === '/' ? {} : { prime: page }),
    }))
  })
}

/** The path to the first text in an object, or in an object in it. */
function textIn(body: unknown, path = '$', depth = 0): string | undefined {
  if (!isRecord(body) || Array.isArray(body) || depth > 1) return undefined
  for (const [key, value] of Object.entries(body)) {
    if (!/^\w+$/.test(key)) continue
    const at =
      typeof value === 'string' ? `${path}.${key}` : textIn(value, `${path}.${key}`, depth + 1)
    if (at !== undefined) return at
  }
  return undefined
}
