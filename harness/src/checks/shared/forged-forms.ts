import type { Page } from 'playwright-core'
import type { CheckContext } from '../../context.ts'
import type { Profile } from '../../instruments/chromium/profile.ts'
import { isRecord } from '../../is-record.ts'
import type { Session } from '../../session.ts'
import { isUnsafe, type Route } from '../../target/route-schema.ts'
import type { RouteName } from '../../target/schema.ts'
import { fillText, fillValue, randomMarker, type TemplateValues } from '../../target/template.ts'
import { isSuccess } from './answers.ts'
import { statusText } from '../../instruments/http-exchange.ts'

/** What forms of other sites can send without asking first. */
export const ENCODINGS = [
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
] as const
export type Encoding = (typeof ENCODINGS)[number]

/** Pages of another origin send forms to every route that changes something, one tab per form, while the victim is signed in. Nothing may come of it. */
export async function expectForgedFormsHarmless(
  ctx: CheckContext,
  from: (profile: Profile) => string,
): Promise<void> {
  const session = await ctx.signedIn()
  const profile = await ctx.openProfile(session)
  const routes = (['create', 'upload', 'logout'] as const).filter((name) => {
    const route = ctx.target.routes[name]
    return route !== undefined && isUnsafe(route)
  })
  ctx.setup(
    routes.length > 0,
    'neither create nor logout is declared with a method other than GET.',
  )
  const origin = from(profile)
  for (const route of routes)
    for (const encoding of ENCODINGS)
      await forge(ctx, { session, profile, origin, route, encoding })
}

interface Forgery {
  session: Session
  profile: Profile
  origin: string
  route: RouteName
  encoding: Encoding
}

async function forge(
  ctx: CheckContext,
  { session, profile, origin, route: name, encoding }: Forgery,
): Promise<void> {
  const route = ctx.target.routes[name]
  if (!route) return
  const { edge } = profile
  const nonce = `forged-${randomMarker(6)}`
  const values = { nonce, id: session.user.file.id, bytes: nonce, 'user.id': session.user.id }
  const form = formOf(route, { values, encoding, origin: edge.origin })
  await ctx.drain()
  const since = await ctx.mark()
  const about = `${name} by a ${encoding} form of ${origin}`
  const { page, arrived } = await sendForm(profile, origin, form)
  ctx.witness(`the forged request arrived (${about})`, arrived)
  await page.close()
  await ctx.drain()
  const changes = (await ctx.journal(since)).api().filter((entry) => entry.method !== 'GET')
  ctx.expect(
    `${about}: upstream calls`,
    [],
    changes.map((entry) => entry.operation),
  )
  const survives = await session.copy().call('list')
  ctx.require(`${about}: the session afterwards`, isSuccess(survives), {
    expected: '2xx',
    got: statusText(survives),
  })
}

/** Opens a page of another origin whose form sends itself; tells whether its request reached the application. */
export async function sendForm(
  profile: Profile,
  origin: string,
  form: { html: string; action: string },
): Promise<{ page: Page; arrived: boolean }> {
  const { edge } = profile
  const seen = edge.calls().length
  const { page } = await profile.visit(edge.servePage(origin, form.html), { rest: false })
  await page.waitForURL((url) => url.origin !== origin, { timeout: 5000 }).catch(() => undefined)
  await profile.atRest()
  const path = new URL(form.action).pathname
  const arrived = edge
    .calls()
    .slice(seen)
    .find((call) => call.method === 'POST' && call.path.split('?')[0] === path)
  return { page, arrived: arrived?.headers['origin'] === origin }
}

interface FormPlan {
  values: TemplateValues
  encoding: Encoding
  origin: string
}

/** A page whose form sends itself as it is loaded. A method that forms do not have is asked for by the usual override field. */
export function formOf(
  route: Route,
  { values, encoding, origin }: FormPlan,
): { html: string; action: string } {
  const url = new URL(fillText(route.path, values), origin)
  for (const [name, value] of Object.entries(route.query ?? {}))
    url.searchParams.set(name, fillText(String(value), values))
  if (route.method !== 'POST') url.searchParams.set('_method', route.method)
  const content = fillValue(route.json ?? route.form ?? route.multipart ?? {}, values)
  const fields =
    encoding === 'text/plain'
      ? [jsonField(content)]
      : Object.entries(isRecord(content) ? content : {}).map(([name, value]): [string, string] => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ])
  const override: [string, string][] = route.method === 'POST' ? [] : [['_method', route.method]]
  const inputs = [...fields, ...(encoding === 'text/plain' ? [] : override)]
    .map(([name, value]) => `<input name="${escaped(name)}" value="${escaped(value)}">`)
    .join('')
  return {
    action: url.href,
    html: `<!doctype html><meta name="referrer" content="unsafe-url"><form method="post" enctype="${encoding}" action="${escaped(url.href)}">${inputs}</form><script>document.forms[0].submit()</script>`,
  }
}

/** A field whose name and value, joined by the `=` of text/plain, are the JSON that the route takes. */
function jsonField(content: unknown): [name: string, value: string] {
  const text = JSON.stringify(isRecord(content) ? { ...content, pad: '=' } : { pad: '=' })
  const at = text.lastIndexOf('=')
  return [text.slice(0, at), text.slice(at + 1)]
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
