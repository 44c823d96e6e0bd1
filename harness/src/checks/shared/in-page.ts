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
  return (await fetched(at, call))?.status
}

interface Fetched {
  status: number
  text: string
}

/** An address of the application at which nothing is asked of it. */
const BLANK = '/bffc-blank'

/** What a script of the page is answered. Where the page's policy lets scripts fetch nothing, for forms do all there, an empty page of the same origin stands in. */
async function fetched({ tab, profile }: UsersTab, call: RouteCall): Promise<Fetched | undefined> {
  const own = await fetchedIn(tab, call)
  if (own !== undefined) return own
  const blank = await profile.context.newPage()
  try {
    await blank.route(`**${BLANK}`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    )
    await blank.goto(new URL(BLANK, profile.edge.origin).href)
    return await fetchedIn(blank, call)
  } finally {
    await blank.close()
  }
}

const fetchedIn = (tab: Page, call: RouteCall): Promise<Fetched | undefined> =>
  tab
    .evaluate(
      async ({ path, method, headers, body }) => {
        const init = { method, headers, ...(body === undefined ? {} : { body }) }
        const answer = await fetch(path, { ...init, redirect: 'manual' })
        return { status: answer.status, text: await answer.text() }
      },
      {
        path: call.path,
        method: call.method,
        headers: Object.fromEntries(call.headers),
        body: call.body?.toString('utf8'),
      },
    )
    .catch(() => undefined)

async function withProof(
  { site }: CheckContext,
  at: UsersTab,
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
    const cookies = await at.profile.context.cookies(at.profile.edge.origin)
    const value = cookies.find(({ name }) => name === csrf.cookie)?.value
    return value === undefined ? call : withHeader(csrf.header, decodeURIComponent(value))
  }
  const answer = await fetched(at, { method: 'GET', path: csrf.get, headers: [] })
  const value = readJsonPath(jsonIn(answer?.text ?? ''), csrf.json)
  if (typeof value !== 'string') return call
  if (!('field' in csrf)) return withHeader(csrf.header, value)
  const form = new URLSearchParams(call.body?.toString('utf8'))
  form.set(csrf.field, value)
  return { ...call, body: Buffer.from(form.toString()) }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
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
