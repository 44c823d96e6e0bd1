import type { Page } from 'playwright-core'
import type { CheckContext } from '../../context.ts'
import { createCookieJar } from '../../instruments/cookie-jar.ts'
import type { Profile } from '../../instruments/chromium/profile.ts'
import { routeCall, type RouteCall } from '../../instruments/route-call.ts'
import { valuesOf, type Session } from '../../session.ts'
import { readJsonPath } from '../../target/json-path.ts'
import type { RouteName } from '../../target/schema.ts'

/** A tab of a user's browser. */
export interface UsersTab {
  profile: Profile
  tab: Page
  session: Session
}

/** Calls a declared route as a script of the page would, with the proof that the declared CSRF scheme asks for; gives the status (0 for a redirect), undefined when the page could not. */
export async function callInPage(
  ctx: CheckContext,
  at: UsersTab,
  name: RouteName,
): Promise<number | undefined> {
  const route = ctx.target.routes[name]
  if (!route) return undefined
  const call = await withProof(ctx, at, routeCall(route, valuesOf(at.session.user)))
  return at.tab
    .evaluate(
      async ({ path, method, headers, body }) => {
        const init = { method, headers, ...(body === undefined ? {} : { body }) }
        return (await fetch(path, { ...init, redirect: 'manual' })).status
      },
      {
        path: call.path,
        method: call.method,
        headers: Object.fromEntries(call.headers),
        body: call.body?.toString('utf8'),
      },
    )
    .catch(() => undefined)
}

async function withProof(
  { site }: CheckContext,
  { profile, tab }: UsersTab,
  call: RouteCall,
): Promise<RouteCall> {
  const { csrf } = site
  const withHeader = (name: string, value: string): RouteCall => ({
    ...call,
    headers: [...call.headers, [name, value]],
  })
  if (csrf === 'none') return call
  if ('value' in csrf) return withHeader(csrf.header, csrf.value)
  if (call.method === 'GET') return call
  if ('cookie' in csrf) {
    const cookies = await profile.context.cookies(profile.edge.origin)
    const value = cookies.find(({ name }) => name === csrf.cookie)?.value
    return value === undefined ? call : withHeader(csrf.header, decodeURIComponent(value))
  }
  const answer = await tab
    .evaluate(async (path): Promise<unknown> => (await fetch(path)).json(), csrf.get)
    .catch(() => undefined)
  const value = readJsonPath(answer, csrf.json)
  if (typeof value !== 'string') return call
  if (!('field' in csrf)) return withHeader(csrf.header, value)
  const form = new URLSearchParams(call.body?.toString('utf8'))
  form.set(csrf.field, value)
  return { ...call, body: Buffer.from(form.toString()) }
}

/** The user with the cookies that the browser has now. */
export async function withBrowserCookies({ profile, session }: UsersTab): Promise<Session> {
  const cookies = await profile.context.cookies(profile.edge.origin)
  const kept = cookies.map(({ name, value, path, httpOnly, secure, sameSite }) => ({
    name,
    value,
    path,
    httpOnly,
    secure,
    sameSite,
    expiresAt: undefined,
  }))
  return session.withJar(createCookieJar(Date.now, kept))
}
