import { inThePast } from './context.ts'
import type { Backend } from './instruments/backend.ts'
import { createBrowser, type Site } from './instruments/browser.ts'
import { isAccepted, jsonOf, statusText } from './instruments/http-exchange.ts'
import { journalMark, readJournal } from './instruments/journal-view.ts'
import type { SecretGuard } from './instruments/secret-guard.ts'
import type { Recorder } from './instruments/recorder.ts'
import { createSession, describe, signIn, type Session } from './session.ts'
import { setupHint } from './setup-hint.ts'
import { readJsonPath } from './target/json-path.ts'
import type { RouteName, Target } from './target/schema.ts'
import { SetupProblem } from './verdict/outcome-errors.ts'

/** How an access token comes to its end: the backend refuses it from now on, or it had a life that is over (so that its `exp` is past too). */
export type ExpiryMode = 'decree' | 'clock'

/** What one declared route did when it was called once. */
export interface RouteFinding {
  route: RouteName
  answer: string
  /** Upstream operations in order. */
  upstream: string[]
  /** Why the route does not work. */
  problem?: string
}

/** What the harness learnt before the first check. */
export interface Discovery {
  routes: readonly RouteFinding[]
  cookies: readonly string[]
  /** How many items the list route showed, where `items` says they are. */
  items: number | undefined
  /** Which expiries the target survives; both when it survives none, so that the checks can say so. */
  expiry: readonly ExpiryMode[]
}

/** Fit for reports. */
export const shownDiscovery = (discovery: Discovery, guard: SecretGuard): Discovery => ({
  ...discovery,
  cookies: discovery.cookies.map(guard),
  routes: discovery.routes.map((route) => ({
    ...route,
    upstream: route.upstream.map(guard),
    ...(route.problem === undefined ? {} : { problem: guard(route.problem) }),
  })),
})

interface Prober {
  target: Target
  site: Site
  backend: Backend
  recorder: Recorder
}

/** Logs in and calls each declared route once. Throws `SetupProblem` when login or list do not work. */
export async function discover(prober: Prober): Promise<Discovery> {
  const session = await newSession(prober)
  const routes: RouteFinding[] = []
  const cookies: string[] = []
  routes.push(await probe(prober, 'login', () => signIn(prober.backend, session)))
  cookies.push(...session.browser.jar.cookies().map((cookie) => cookie.name))
  let items: number | undefined
  for (const route of ['list', 'me', 'create', 'createMany', 'upload', 'preview'] as const) {
    if (!prober.target.routes[route]) continue
    const finding = await probe(prober, route, async () => {
      const answer = await session.call(route)
      if (route === 'list') items = countItems(prober.target, jsonOf(answer))
      return answer
    })
    if (route === 'list' && finding.problem !== undefined) throw new SetupProblem(finding.problem)
    if (route === 'list' && items === undefined && prober.target.routes.list.items !== undefined)
      throw new SetupProblem(
        `routes.list.items: ${prober.target.routes.list.items} is not a list in the answer of GET ${prober.target.routes.list.path}.`,
      )
    routes.push(finding)
  }
  const expiry = await learnExpiry(prober)
  routes.push(await probe(prober, 'logout', () => session.call('logout')))
  return { routes, cookies, items, expiry }
}

const newSession = async ({ target, site, backend, recorder }: Prober): Promise<Session> =>
  createSession(
    target,
    await backend.makeUser('discovery'),
    createBrowser(site, (exchange) => {
      recorder.record(exchange)
    }),
  )

async function probe(
  prober: Prober,
  route: RouteName,
  call: () => ReturnType<Session['call']>,
): Promise<RouteFinding> {
  const { control } = prober.backend
  const since = await journalMark(control)
  const answer = await call()
  const upstream = (await readJournal(control, since)).entries.map((entry) =>
    entry.operation === 'unknown' ? `unknown (${entry.method} ${entry.path})` : entry.operation,
  )
  const finding = { route, answer: statusText(answer), upstream }
  if (isAccepted(answer)) return finding
  const { method, path } = answer.call
  const went =
    upstream.length === 0
      ? 'it called nothing upstream'
      : `it called ${upstream.join(', ')} upstream`
  return {
    ...finding,
    problem: `routes.${route} does not work. Sent ${method} ${path}; got ${describe(answer)}; ${went}. ${setupHint(answer, route)}`,
  }
}

function countItems(target: Target, body: unknown): number | undefined {
  const path = target.routes.list.items
  const items = path === undefined ? body : readJsonPath(body, path)
  return Array.isArray(items) ? items.length : undefined
}

async function learnExpiry(prober: Prober): Promise<ExpiryMode[]> {
  const modes: ExpiryMode[] = []
  if (await survives(prober, 'decree')) modes.push('decree')
  if (await survives(prober, 'clock')) modes.push('clock')
  return modes.length === 0 ? ['decree', 'clock'] : modes
}

async function survives(prober: Prober, mode: ExpiryMode): Promise<boolean> {
  const { control } = prober.backend
  const session = await newSession(prober)
  try {
    if (mode === 'clock') await inThePast(prober.backend, () => signIn(prober.backend, session))
    else {
      await signIn(prober.backend, session)
      await control.expire(session.user.id)
    }
  } catch (error) {
    if (error instanceof SetupProblem) return false
    throw error
  }
  return isAccepted(await session.call('list'))
}
