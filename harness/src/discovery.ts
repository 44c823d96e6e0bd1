import { inThePast } from './context.ts'
import { createBrowser, type Site } from './instruments/browser.ts'
import { isAccepted, statusText } from './instruments/http-exchange.ts'
import type { SecretGuard } from './instruments/secret-guard.ts'
import {
  countItems,
  noListProblem,
  probeRoute,
  type ProbedRoute,
  type RouteProber,
} from './probe-route.ts'
import { createSession, loginProblem, signIn, type Session } from './session.ts'
import { setupText } from './setup-text.ts'
import type { RouteName } from './target/schema.ts'
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

interface Prober extends RouteProber {
  site: Site
}

/** Logs in and calls each declared route once. Throws `SetupProblem` when login or list do not work. */
export async function discover(prober: Prober): Promise<Discovery> {
  const { target, backend } = prober
  const session = await newSession(prober)
  const routes: RouteFinding[] = []
  const login = await probeRoute(prober, 'login', {
    call: () => session.call('login'),
    judge: (answer) => loginProblem(backend, session, answer),
  })
  routes.push(needed(login, 'login'))
  await backend.learnTokens()
  const cookies = session.browser.jar.cookies().map((cookie) => cookie.name)
  const list = await probeRoute(prober, 'list', {
    call: () => session.call('list'),
    judge: (answer) => Promise.resolve(noListProblem(target, answer)),
  })
  routes.push(needed(list, 'list'))
  for (const route of ['me', 'create', 'createMany', 'upload', 'preview'] as const)
    if (target.routes[route])
      routes.push(
        finding(await probeRoute(prober, route, { call: () => session.call(route) }), route),
      )
  const expiry = await learnExpiry(prober)
  routes.push(
    finding(await probeRoute(prober, 'logout', { call: () => session.call('logout') }), 'logout'),
  )
  return { routes, cookies, items: countItems(target, list.answer), expiry }
}

const finding = ({ answer, upstream, problem }: ProbedRoute, route: RouteName): RouteFinding => ({
  route,
  answer: statusText(answer),
  upstream,
  ...(problem ? { problem: setupText(problem) } : {}),
})

/** Nothing can be checked without these. */
function needed(probed: ProbedRoute, route: RouteName): RouteFinding {
  if (probed.problem) throw new SetupProblem(setupText(probed.problem))
  return finding(probed, route)
}

const newSession = async ({ target, site, backend, recorder }: Prober): Promise<Session> =>
  createSession(
    target,
    await backend.makeUser('discovery'),
    createBrowser(site, (exchange) => {
      recorder.record(exchange)
    }),
  )

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
