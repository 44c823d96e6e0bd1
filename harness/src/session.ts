import type { Browser, SendOptions } from './instruments/browser.ts'
import {
  headerOf,
  headersNamed,
  isAccepted,
  statusText,
  textOf,
  type Exchange,
  type OpenExchange,
} from './instruments/http-exchange.ts'
import { whyRefused, type CookieJar } from './instruments/cookie-jar.ts'
import type { Backend } from './instruments/backend.ts'
import type { TestUser } from './instruments/backend-users.ts'
import { routeCall, type RouteCall } from './instruments/route-call.ts'
import { noBackend, setupHint } from './setup-hint.ts'
import { setupText, type SetupFacts } from './setup-text.ts'
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
  target: Target
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
    target,
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
  const problem = await loginProblem(backend, session, answer)
  if (problem) throw new SetupProblem(setupText(problem))
  return answer
}

/** Why an answer to a login is none; undefined when the user is signed in, whose tokens are known to the run from then on. */
export async function loginProblem(
  backend: Backend,
  session: Session,
  answer: Exchange,
): Promise<SetupFacts | undefined> {
  const { target, browser } = session
  const about = { sent: describeCall(answer.call), got: describe(answer) }
  if (!isAccepted(answer))
    return {
      problem: 'login was not accepted.',
      ...about,
      change: setupHint(answer, 'login', { target }),
    }
  const tokens = await backend.control.tokens(session.user.id)
  backend.learn(tokens)
  if (tokens.length === 0)
    return {
      problem: `login answered ${statusText(answer)}, but the backend minted no tokens for the user.`,
      ...about,
      change: noTokens(answer, target),
    }
  const cookies = browser.jar.cookies().map(({ name }) => name)
  if (cookies.length === 0)
    return {
      problem: `login answered ${statusText(answer)} without a cookie that a browser keeps.`,
      ...about,
      change: refusedCookies(answer),
    }
  const named = target.session.cookie
  if (named !== 'auto' && !named.some((name) => cookies.includes(name)))
    return {
      problem: `login set no cookie that session.cookie names (${named.join(', ')}).`,
      ...about,
      got: `${describe(answer)}; cookies: ${cookies.join(', ')}`,
      change: `Write the name of the session cookie into session.cookie, or auto.`,
    }
  return undefined
}

function noTokens(answer: Exchange, target: Target): string {
  const type = headerOf(answer.headers, 'content-type') ?? ''
  if (answer.status >= 300 || type.includes('html'))
    return `This is how a page answers, not a login: correct method, path and body (json or form) of routes.login. ${noBackend(target)}`
  return `${noBackend(target)} Or routes.login is not the login.`
}

function refusedCookies({ headers, call }: Exchange): string {
  const refusals = headersNamed(headers, 'set-cookie').flatMap((header) => {
    const why = whyRefused(header, call.path)
    return why === undefined ? [] : [`${header.split('=')[0] ?? ''} ${why}`]
  })
  return refusals.length === 0
    ? 'The answer has no Set-Cookie: correct routes.login, or let the BFF set its session cookie in the answer to the login.'
    : `A browser refuses what the BFF set: ${refusals.join('; ')}.`
}

/** Method, path, body and what vouches for the request, for problems. */
export function describeCall({ method, path, headers, body }: Exchange['call']): string {
  const text = body === undefined ? '' : ` ${body.toString('utf8').slice(0, 200)}`
  const shown = headers
    .filter(([name]) => /^(origin|x-.*(csrf|xsrf|requested).*)$/i.test(name))
    .map(([name, value]) => `${name}: ${value}`)
  return `${method} ${path}${text}${shown.length === 0 ? '' : ` (${shown.join(', ')})`}`
}

/** Status, where it leads, and the first of the body, for problems. */
export function describe(answer: Exchange): string {
  const location = answer.status >= 300 ? headerOf(answer.headers, 'location') : undefined
  const body = textOf(answer).replaceAll(/\s+/g, ' ').slice(0, 300)
  const cause = answer.failure === undefined || !answer.cause ? '' : ` (${answer.cause})`
  return [
    `${statusText(answer)}${cause}`,
    ...(location === undefined ? [] : [`to ${location}`]),
    body,
  ]
    .join(' ')
    .trim()
}
