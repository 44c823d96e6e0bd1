import { NAVIGATION } from '../checks/shared/page-call.ts'
import type { Backend } from '../instruments/backend.ts'
import type { TestUser } from '../instruments/backend-users.ts'
import { createBrowser, type Browser, type SendOptions } from '../instruments/browser.ts'
import { isAccepted, jsonOf, type Exchange } from '../instruments/http-exchange.ts'
import { journalMark, readJournal } from '../instruments/journal-view.ts'
import { routeCall } from '../instruments/route-call.ts'
import type { Route } from '../target/route-schema.ts'
import type { Csrf } from '../target/schema.ts'
import { listsIn, type JsonList } from '../target/json-lists.ts'
import { randomMarker } from '../target/template.ts'

/** Who signs in: a user of the harness's own backend, or one that was named. */
export interface Visitor {
  email: string
  password: string
  /** Known only where the backend is the harness's own. */
  user?: TestUser
}

/** A running BFF that is asked what it can do. */
export interface Probe {
  url: string
  origin: string | undefined
  visitor: Visitor
  /** The harness's own backend behind it; without one nothing is created. */
  backend: Backend | undefined
}

/** A route as a target file writes it. */
export type RouteText = Record<string, unknown>

const DEADLINE_MS = 10_000

export const browserOf = ({ url, origin }: Probe, csrf: Csrf = 'none'): Browser =>
  createBrowser({ origin, instances: [url], csrf, deadlineMs: DEADLINE_MS }, () => undefined)

/** Calls a route with its templates filled. */
export function ask(
  probe: Probe,
  browser: Browser,
  route: Partial<Route> & Pick<Route, 'method' | 'path'>,
  options: SendOptions = {},
): Promise<Exchange> {
  const { email, password, user } = probe.visitor
  const call = routeCall(route, {
    'user.email': email,
    'user.password': password,
    id: user?.file.id ?? '0',
    nonce: `n-${randomMarker(8)}`,
  })
  return browser.send(call, options)
}

export const get = (probe: Probe, browser: Browser, path: string) =>
  ask(probe, browser, { method: 'GET', path })

/** Goes to a page, as a browser does whose user follows a link. */
export const open = (probe: Probe, browser: Browser, path: string) =>
  ask(probe, browser, { method: 'GET', path }, { headers: [...NAVIGATION] })

/** Whether a path is there at all, as far as its status tells. */
export const exists = ({ failure, status }: Exchange): boolean =>
  failure === undefined && status !== 404 && status !== 405 && status !== 501

/** What reached the backend while something was done: lines such as `GET /database/Post?skip=0`. */
export async function upstreamOf<Result>(
  { backend }: Probe,
  act: () => Promise<Result>,
): Promise<{ result: Result; upstream: string[] | undefined }> {
  if (!backend) return { result: await act(), upstream: undefined }
  const since = await journalMark(backend.control)
  const result = await act()
  const { entries } = await readJournal(backend.control, since)
  return { result, upstream: entries.map(({ method, path }) => `${method} ${path}`) }
}

/** Where the items of a list sit in an answer: `$`, `$.items`, `$.data.items`; the longest list counts. */
export const itemsIn = (answer: Exchange): JsonList | undefined =>
  isAccepted(answer) ? listsIn(jsonOf(answer))[0] : undefined
