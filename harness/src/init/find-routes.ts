import type { Browser } from '../instruments/browser.ts'
import { decodedBody, isAccepted, jsonOf } from '../instruments/http-exchange.ts'
import { randomMarker } from '../target/template.ts'
import { DOCUMENTS, PAGES, PATHS, TERMS } from './candidates.ts'
import type { PageHints } from './page-hints.ts'
import { ask, browserOf, get, itemsIn, upstreamOf, type Probe, type RouteText } from './probe.ts'

/** The routes that were found with a signed-in browser. */
export type FoundRoutes = Partial<
  Record<'list' | 'create' | 'preview' | 'me' | 'logout', RouteText>
>

/** Looks for every route but the login; the logout comes last, for it ends the session. */
export async function findRoutes(
  probe: Probe,
  browser: Browser,
  hints: PageHints,
): Promise<FoundRoutes> {
  const list = await findList(probe, browser, hints)
  const create = list && (await findCreate(probe, browser, String(list['GET'])))
  const preview = await findPreview(probe, browser)
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
  { paths }: PageHints,
): Promise<RouteText | undefined> {
  const named = paths.filter((path) => !/log-?(in|out)|auth|session|csrf/i.test(path))
  for (const path of new Set<string>([...named, ...PATHS.list])) {
    const { result, upstream } = await upstreamOf(probe, () => get(probe, browser, path))
    const found = itemsIn(result)
    const reads = upstream?.some((line) => /^GET \/(database|function|customEndpoints)/.test(line))
    if (!found || reads === false) continue
    return {
      GET: path,
      ...(await pageOf(probe, browser, { path, items: found.items })),
      items: found.path,
      ...(await filterOf(probe, browser, path)),
    }
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
  path: string,
): Promise<RouteText | undefined> {
  if (!probe.backend) return undefined
  for (const json of DOCUMENTS) {
    const { result, upstream } = await upstreamOf(probe, () =>
      ask(probe, browser, { method: 'POST', path, json }),
    )
    const made = upstream?.find((line) => /^POST \/(database|function|customEndpoints)/.test(line))
    if (!isAccepted(result) || made === undefined) continue
    return { POST: path, json, ...(/[?&]scope=/.test(made) ? { scope: true } : {}) }
  }
  return undefined
}

async function findPreview(probe: Probe, browser: Browser): Promise<RouteText | undefined> {
  const file = probe.visitor.user?.file
  if (!file) return undefined
  for (const path of PATHS.preview) {
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
  { paths }: PageHints,
): Promise<RouteText | undefined> {
  const named = paths.filter((path) => /\/(me|user|session|whoami)$/.test(path))
  for (const path of new Set<string>([...PATHS.me, ...named])) {
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
  { hints, check }: { hints: PageHints; check: RouteText | undefined },
): Promise<RouteText | undefined> {
  if (!check) return undefined
  const named = hints.paths.filter((path) => /log-?out|sign-?out/i.test(path))
  for (const method of ['POST', 'DELETE'] as const)
    for (const path of new Set<string>([...named, ...PATHS.logout])) {
      if (method === 'POST' && path.includes('session')) continue
      await ask(probe, browser, { method, path })
      if (!isAccepted(await get(probe, browser, String(check['GET'])))) return { [method]: path }
    }
  return undefined
}
