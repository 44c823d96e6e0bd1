import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { createCookieJar } from '../../instruments/cookie-jar.ts'
import {
  headerOf,
  headersNamed,
  isAccepted,
  type Exchange,
} from '../../instruments/http-exchange.ts'
import type { RouteCall } from '../../instruments/route-call.ts'
import type { Session } from '../../session.ts'
import { isRecord } from '../../is-record.ts'
import { NAVIGATION } from '../shared/page-call.ts'
import { inBatches } from '../shared/side-by-side.ts'
import {
  INJECTED_HEADER,
  leadsAway,
  MARK,
  nextStep,
  redirectPayloads,
} from '../shared/redirect-payloads.ts'

const NAMES = [
  'returnTo',
  'return_to',
  'returnUrl',
  'returnURL',
  'redirect',
  'redirectTo',
  'redirect_to',
  'redirect_uri',
  'next',
  'callbackUrl',
  'continue',
  'url',
  'from',
]
const HARMLESS = '/'
const MOST_STEPS = 4
const AT_ONCE = 6

/** A place where the parameters may stand. */
interface Entry {
  about: string
  ask: (
    parameters: Readonly<Record<string, string>>,
  ) => Promise<{ session: Session; answer: Exchange }>
}

export const session16 = defineCheck({
  id: 'SESSION-16',
  title: 'Nobody is sent to another site after login',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-3.7.2', 'NA0 open-redirect-payloads', 'T-109', 'T-110', 'T-111', 'T-112'],
  source: ['WHATWG URL: backslashes count as slashes, tabs and line ends are dropped'],
  mutants: ['startswith-slash-check', 'return-to-by-prefix', 'next-on-page'],
  usualCauses: [
    'a value that begins with a slash is taken for a path',
    'the value is compared with the own origin by its beginning',
    'the value is checked as text, and a browser reads it as a URL',
  ],
  async run(ctx) {
    const declared = ctx.target.routes.login.returnTo
    let asked = 0
    for (const entry of entriesOf(ctx))
      for (const names of await namesFor(entry, declared === undefined ? NAMES : [declared]))
        for (const { payload, answer, leads } of await askedAll(ctx, entry, names)) {
          asked += 1
          const about = `${entry.about} with ${names.length === 1 ? (names[0] ?? '') : 'the usual names'} = ${JSON.stringify(payload)}`
          ctx.expect(`where ${about} leads`, 'nowhere else', leads)
          ctx.expect(
            `header injected by ${about}`,
            undefined,
            headerOf(answer.headers, INJECTED_HEADER),
          )
        }
    ctx.witness(`${asked} requests with a return parameter were answered`, asked > 0)
  },
})

interface Asked extends Journey {
  payload: string
  answer: Exchange
}

interface Journey {
  /** Where a browser is led in the end. */
  leads: string
  /** A place that an answer sends the browser to has something of the value. */
  isHeeded: boolean
}

/** All values where some of each kind, harmless ones among them, make a difference to where the answers lead. */
async function askedAll(
  ctx: CheckContext,
  entry: Entry,
  names: readonly string[],
): Promise<Asked[]> {
  const asked = (payloads: readonly string[]) =>
    inBatches(payloads, AT_ONCE, async (payload): Promise<Asked> => {
      const { session, answer } = await entry.ask(
        Object.fromEntries(names.map((name) => [name, payload])),
      )
      return { payload, answer, ...(await journey(ctx, session, answer)) }
    })
  const { probes, others } = redirectPayloads(ownAddress(ctx))
  const probed = await asked(probes)
  return probed.some(({ isHeeded }) => isHeeded) ? [...probed, ...(await asked(others))] : probed
}

function entriesOf(ctx: CheckContext): Entry[] {
  const { login, logout } = ctx.target.routes
  const pages = new Set([...ctx.target.pages, ...(login.method === 'GET' ? [] : [login.path])])
  let signedIn: Promise<Session> | undefined
  let nobody: Promise<Session> | undefined
  const stranger = async () => (await (nobody ??= ctx.visitor())).withJar(createCookieJar())
  const at = (path: string, who: string, session: () => Promise<Session>): Entry => ({
    about: `${who} at ${path}`,
    async ask(parameters) {
      const visitor = await session()
      const call = { method: 'GET', path: withQuery(path, parameters), headers: [] }
      return { session: visitor, answer: await visitor.browser.send(call, { headers: NAVIGATION }) }
    },
  })
  const called = (
    route: 'login' | 'logout',
    about: string,
    edit: (call: RouteCall, parameters: Readonly<Record<string, string>>) => RouteCall,
  ): Entry => ({
    about,
    async ask(parameters) {
      const session = route === 'login' ? await ctx.visitor() : await ctx.signedIn()
      const answer = await session.call(route, { edit: (call) => edit(call, parameters) })
      return { session, answer }
    },
  })
  const inQuery = (call: RouteCall, parameters: Readonly<Record<string, string>>) => ({
    ...call,
    path: withQuery(call.path, parameters),
  })
  const entries = [called('login', 'login, in the query,', inQuery)]
  if (login.json !== undefined || login.form !== undefined)
    entries.push(called('login', 'login, in the body,', inBody))
  if (logout.method !== 'GET') entries.push(called('logout', 'logout, in the query,', inQuery))
  for (const path of pages) {
    entries.push(at(path, 'a stranger', stranger))
    entries.push(at(path, 'a signed-in user', () => (signedIn ??= ctx.signedIn())))
  }
  return entries
}

/** All names at once when that is accepted; otherwise each that is accepted by itself. */
async function namesFor(entry: Entry, names: readonly string[]): Promise<string[][]> {
  const together = Object.fromEntries(names.map((name) => [name, HARMLESS]))
  if (isAccepted((await entry.ask(together)).answer)) return [[...names]]
  const alone: string[][] = []
  for (const name of names)
    if (isAccepted((await entry.ask({ [name]: HARMLESS })).answer)) alone.push([name])
  return alone
}

function withQuery(path: string, parameters: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(parameters).toString()
  return `${path}${path.includes('?') ? '&' : '?'}${search}`
}

function inBody(call: RouteCall, parameters: Readonly<Record<string, string>>): RouteCall {
  const text = call.body?.toString('utf8') ?? ''
  if (!text.startsWith('{'))
    return { ...call, body: Buffer.from(`${text}&${new URLSearchParams(parameters).toString()}`) }
  const value: unknown = JSON.parse(text)
  return {
    ...call,
    body: Buffer.from(JSON.stringify(isRecord(value) ? { ...value, ...parameters } : value)),
  }
}

const ownAddress = ({ site }: CheckContext) =>
  new URL(site.origin ?? site.instances[0] ?? 'http://127.0.0.1')

/** Follows an answer as a browser does, as long as it stays on the own host. */
async function journey(ctx: CheckContext, session: Session, first: Exchange): Promise<Journey> {
  let answer = first
  let isHeeded = false
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const from = new URL(pathOf(answer), ownAddress(ctx))
    for (const target of targetsOf(answer)) {
      const away = leadsAway(target, from)
      if (away !== undefined) return { leads: `${away} (${target})`, isHeeded: true }
      isHeeded ||= target.includes(MARK)
    }
    const [location] = headersNamed(answer.headers, 'location')
    const next = location === undefined ? undefined : nextStep(location, from)
    if (next === undefined || answer.status < 300 || answer.status > 399) break
    answer = await session.browser.send(
      { method: 'GET', path: next.pathname + next.search, headers: [] },
      { headers: NAVIGATION },
    )
  }
  return { leads: 'nowhere else', isHeeded }
}

const pathOf = ({ call }: Exchange) =>
  call.path.startsWith('/') ? call.path.replace(/^\/+/, '/') : '/'

/** Where an answer sends the browser: `Location` of a redirect, `Refresh`, a page's own refresh. */
function targetsOf({ status, headers, rawBody }: Exchange): string[] {
  const refreshes = [
    ...headersNamed(headers, 'refresh'),
    ...[
      ...rawBody
        .toString('utf8')
        .matchAll(/<meta[^>]+http-equiv=["']?refresh["']?[^>]*content=["']([^"']+)/gi),
    ].map((match) => match[1] ?? ''),
  ].flatMap((text) => /url\s*=\s*['"]?(.+)$/i.exec(text)?.[1] ?? [])
  return [...(status >= 300 && status < 400 ? headersNamed(headers, 'location') : []), ...refreshes]
}
