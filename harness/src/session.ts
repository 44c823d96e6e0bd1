import type { Browser, SendOptions } from './instruments/browser.ts'
import {
  isAccepted,
  statusText,
  textOf,
  type Exchange,
  type OpenExchange,
} from './instruments/http-exchange.ts'
import type { CookieJar } from './instruments/cookie-jar.ts'
import type { Backend } from './instruments/backend.ts'
import type { TestUser } from './instruments/backend-users.ts'
import { routeCall, type RouteCall } from './instruments/route-call.ts'
import { setupHint } from './setup-hint.ts'
import type { RouteName, Target } from './target/schema.ts'
import { randomMarker, type TemplateValues } from './target/template.ts'
import { SetupProblem } from './verdict/outcome-errors.ts'

/** What a call of a declared route may vary. */
export interface CallOptions extends SendOptions {
  values?: TemplateValues
  query?: Readonly<Record<string, string>>
  /** Changes the filled request before the browser sends it. */
  edit?: (call: RouteCall) => RouteCall
}

/** A browser, and the user who signed in with it (or will). */
export interface Session {
  user: TestUser
  browser: Browser
  call(route: RouteName, options?: CallOptions): Promise<Exchange>
  open(route: RouteName, options?: CallOptions): Promise<OpenExchange>
  /** The same user with a copy of the cookies as they are now. */
  copy(): Session
  /** The same user with other cookies. */
  withJar(jar: CookieJar): Session
}

/** Fills the templates of a route for a user. Throws `SetupProblem` when the route is not declared. */
export function createSession(target: Target, user: TestUser, browser: Browser): Session {
  const callOf = (name: RouteName, options: CallOptions) => {
    const route = target.routes[name]
    if (!route) throw new SetupProblem(`routes.${name} is not declared.`)
    const call = routeCall(route, { ...valuesOf(user), ...options.values }, options.query)
    return options.edit ? options.edit(call) : call
  }
  const open = async (name: RouteName, options: CallOptions = {}) => {
    const exchange = await browser.open(callOf(name, options), options)
    if (name === 'login' || name === 'logout')
      void exchange.done.then(() => {
        browser.forgetCsrf()
      })
    return exchange
  }
  return {
    user,
    browser,
    open,
    call: async (name, options) => (await open(name, options)).done,
    copy: () => createSession(target, user, browser.copy()),
    withJar: (jar) => createSession(target, user, browser.withJar(jar)),
  }
}

/** What the templates of routes stand for, for one user. */
export function valuesOf(user: TestUser): TemplateValues {
  return {
    'user.email': user.email,
    'user.password': user.password,
    'user.id': user.id,
    id: user.documentId ?? user.file.id,
    'file.id': user.file.id,
    'file.name': user.file.name,
    nonce: `n-${randomMarker(8)}`,
    term: randomMarker(6),
    scope: `User:${user.id}`,
    bytes: randomMarker(64),
  }
}

/** Signs a user in and makes sure that it really happened: an accepted answer, a cookie, tokens minted by the backend. */
export async function signIn(
  backend: Backend,
  session: Session,
  options: CallOptions = {},
): Promise<Exchange> {
  const answer = await session.call('login', options)
  const sent = `${answer.call.method} ${answer.call.path}`
  if (!isAccepted(answer))
    throw new SetupProblem(
      `login was not accepted. Sent ${sent} ${bodyOf(answer)}; got ${describe(answer)}. ${setupHint(answer, 'login')}`,
    )
  const tokens = await backend.control.tokens(session.user.id)
  if (tokens.length === 0)
    throw new SetupProblem(
      `login answered ${statusText(answer)} but the backend minted no tokens for the user: the target did not call it. Sent ${sent} ${bodyOf(answer)}. Check the name of the backend URL's variable in start.env, and routes.login.`,
    )
  if (session.browser.jar.cookies().length === 0)
    throw new SetupProblem(
      `login answered ${statusText(answer)} without a cookie that a browser keeps. Set-Cookie is missing, or breaks the rules for __Host-, SameSite=None or 4096 bytes.`,
    )
  backend.learn(tokens)
  return answer
}

/** Status and the first of the body, for problems. */
export const describe = (answer: Exchange): string =>
  `${statusText(answer)} ${textOf(answer).slice(0, 300)}`.trim()

const bodyOf = (answer: Exchange) =>
  answer.call.body === undefined ? '' : answer.call.body.toString('utf8').slice(0, 200)
