import type { Browser } from '../instruments/browser.ts'
import { decodedBody, isAccepted, jsonOf } from '../instruments/http-exchange.ts'
import { isRecord } from '../is-record.ts'
import { randomMarker } from '../target/template.ts'
import { commonPaths, DOCUMENTS, PAGES, TERMS } from './candidates.ts'
import type { PageHints } from './page-hints.ts'
import { ask, browserOf, get, itemsIn, upstreamOf, type Probe, type RouteText } from './probe.ts'

/** The routes that were found with a signed-in browser. */
export type FoundRoutes = Partial<
  Record<'list' | 'create' | 'preview' | 'me' | 'logout', RouteText>
>

/** What pages say, and where the login is: the other routes are often beside it. */
export interface SignedInHints extends PageHints {
  login: string
}

interface FoundList {
  route: RouteText
  path: string
  items: readonly unknown[]
}

/** Looks for every route but the login; the logout comes last, for it ends the session. */
export async function findRoutes(
  probe: Probe,
  browser: Browser,
  hints: SignedInHints,
): Promise<FoundRoutes> {
  const found = await findList(probe, browser, hints)
  const list = found?.route
  const create = found && (await findCreate(probe, browser, found))
  const preview = await findPreview(probe, browser, hints)
  const me = await findMe(probe, browser, hints)
  const logout = await findLogout(probe, browser, { hints, check: me ?? list })
  return {
    ...(list ? { list } : {}),
    ...(create ? { create } : {}),
    ...(preview ? { preview } : {}),
    ...(me ? { me } : {}),
    ...(logout ? { logout } : {}),
  }
}

async function findList(
  probe: Probe,
  browser: Browser,
  { paths, login }: SignedInHints,
): Promise<FoundList | undefined> {
  const named = paths.filter((path) => !/log-?(in|out)|sign-?(in|out)|session|csrf|\$/i.test(path))
  for (const path of new Set<string>([...named, ...commonPaths('list', login)])) {
    const { result, upstream } = await upstreamOf(probe, () => get(probe, browser, path))
    const found = itemsIn(result)
    const reads = upstream?.some((line) => /^GET \/(database|function|customEndpoints)/.test(line))
    if (!found || reads === false) continue
    const route = {
      GET: path,
      ...(await pageOf(probe, browser, { path, items: found.items })),
      items: found.path,
      ...(await filterOf(probe, browser, path)),
    }
    return { route, path, items: found.items }
  }
  return undefined
}

/** The parameter that turns pages: with it the second page shows other items than the first. */
async function pageOf(
  probe: Probe,
  browser: Browser,
  { path, items }: { path: string; items: readonly unknown[] },
): Promise<RouteText> {
  const plain = JSON.stringify(items)
  for (const { name, first, second } of PAGES) {
    const answers = [first, second].map(async (value) =>
      itemsIn(await ask(probe, browser, { method: 'GET', path, query: { [name]: value } })),
    )
    const [one, two] = await Promise.all(answers)
    if (!one || !two || JSON.stringify(one.items) !== plain) continue
    if (JSON.stringify(two.items) === plain) continue
    return { query: { [name]: first }, pageSize: items.length }
  }
  return {}
}

/** The parameter whose value reaches the backend; only the harness's own backend can tell. */
async function filterOf(probe: Probe, browser: Browser, path: string): Promise<RouteText> {
  for (const name of TERMS) {
    const term = randomMarker(6)
    const { upstream } = await upstreamOf(probe, () =>
      ask(probe, browser, { method: 'GET', path, query: { [name]: term } }),
    )
    if (upstream?.some((line) => line.includes(term))) return { filter: { [name]: '{{term}}' } }
  }
  return {}
}

/** Documents are made only in the harness's own backend. */
async function findCreate(
  probe: Probe,
  browser: Browser,
  { path, items }: FoundList,
): Promise<RouteText | undefined> {
  if (!probe.backend) return undefined
  for (const method of ['POST', 'PUT'] as const)
    for (const body of [...DOCUMENTS, ...likeItems(items)])
      for (const kind of ['json', 'form'] as const) {
        const { result, upstream } = await upstreamOf(probe, () =>
          ask(probe, browser, { method, path, [kind]: body }),
        )
        if (result.status === 404 || result.status === 405) break
        const made = upstream?.find((line) =>
          /^POST \/(database|function|customEndpoints)/.test(line),
        )
        if (!isAccepted(result) || made === undefined) continue
        return { [method]: path, [kind]: body, ...(/[?&]scope=/.test(made) ? { scope: true } : {}) }
      }
  return undefined
}

/** What a list shows of its items says which fields they have. */
function likeItems([first]: readonly unknown[]): Record<string, string>[] {
  if (!isRecord(first)) return []
  const texts = Object.entries(first)
    .filter(([key, value]) => typeof value === 'string' && !/^_|id$|At$|date/i.test(key))
    .map(([key]) => key)
  const all = Object.fromEntries(texts.map((key) => [key, '{{nonce}}']))
  return [...texts.map((key) => ({ [key]: '{{nonce}}' })), all]
}

async function findPreview(
  probe: Probe,
  browser: Browser,
  { paths, login }: SignedInHints,
): Promise<RouteText | undefined> {
  const file = probe.visitor.user?.file
  if (!file) return undefined
  const named = paths.flatMap((path) =>
    path.split('${').length === 2 ? [path.replace(/\$\{[^}]*\}/, '{{id}}')] : [],
  )
  const beside = paths.filter(
    (path) => /file|media|image|attach|asset/i.test(path) && !path.includes('$'),
  )
  const guesses = beside.map((path) => `${path.replace(/\/$/, '')}/{{id}}`)
  for (const path of new Set([...named, ...guesses, ...commonPaths('preview', login)])) {
    const answer = await get(probe, browser, path)
    if (!isAccepted(answer) || !decodedBody(answer)?.equals(file.bytes)) continue
    const part = await ask(
      probe,
      browser,
      { method: 'GET', path },
      { headers: [['Range', 'bytes=0-3']] },
    )
    return { GET: path, ...(part.status === 206 ? { range: true } : {}) }
  }
  return undefined
}

async function findMe(
  probe: Probe,
  browser: Browser,
  { paths, login }: SignedInHints,
): Promise<RouteText | undefined> {
  const named = paths.filter((path) => /\/(me|user|session|whoami|userinfo)$/.test(path))
  for (const path of new Set<string>([...named, ...commonPaths('me', login)])) {
    const signedIn = await get(probe, browser, path)
    if (!isAccepted(signedIn) || typeof jsonOf(signedIn) !== 'object') continue
    const signedOut = await get(probe, browserOf(probe), path)
    if (signedOut.status === 401 || signedOut.status === 403) return { GET: path }
  }
  return undefined
}

async function findLogout(
  probe: Probe,
  browser: Browser,
  { hints, check }: { hints: SignedInHints; check: RouteText | undefined },
): Promise<RouteText | undefined> {
  if (!check) return undefined
  const named = hints.paths.filter((path) => /log-?out|sign-?out/i.test(path))
  for (const method of ['POST', 'DELETE', 'GET'] as const)
    for (const path of new Set<string>([...named, ...commonPaths('logout', hints.login)])) {
      if (method !== 'DELETE' && path.includes('session')) continue
      const answer = await ask(probe, browser, { method, path })
      if (answer.status === 404 || answer.status === 405) continue
      // A page that sends strangers to the login answers with a redirect.
      if ((await get(probe, browser, String(check['GET']))).status >= 300) return { [method]: path }
    }
  return undefined
}
