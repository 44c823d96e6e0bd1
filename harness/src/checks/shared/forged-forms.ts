import type { Page } from 'playwright-core'
import type { CheckContext } from '../../context.ts'
import type { Profile } from '../../instruments/chromium/profile.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { isRecord } from '../../is-record.ts'
import type { Session } from '../../session.ts'
import { isUnsafe, type Route } from '../../target/route-schema.ts'
import type { RouteName } from '../../target/schema.ts'
import { fillText, fillValue, randomMarker, type TemplateValues } from '../../target/template.ts'
import { SetupProblem } from '../../verdict/outcome-errors.ts'
import { isSuccess } from './answers.ts'
import { inTurn } from './in-turn.ts'
import { knownUpstream } from './upstream-of.ts'

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
  const forgeries = routes.flatMap((route) => ENCODINGS.map((encoding) => ({ route, encoding })))
  await ctx.drain()
  const reading = knownUpstream(ctx, 'list')
  const sent = await inTurn(ctx, forgeries, (each) =>
    forge(ctx, { session, profile, origin, ...each }),
  )
  for (const { act, outcome, view } of sent) {
    const about = `${act.route} by a ${act.encoding} form of ${origin}`
    ctx.witness(`the forged request arrived (${about})`, outcome.arrived)
    ctx.expect(
      `${about}: upstream calls`,
      [],
      view
        .api()
        .filter(({ method, operation }) => method !== 'GET' && !reading.includes(operation))
        .map(({ operation }) => operation),
    )
    ctx.require(`${about}: the session afterwards`, isSuccess(outcome.survives), {
      expected: '2xx',
      got: statusText(outcome.survives),
    })
  }
}

interface Forgery {
  session: Session
  profile: Profile
  origin: string
  route: RouteName
  encoding: Encoding
}

/** Whether the form's request arrived, and the answer to the user's list afterwards. */
async function forge(
  ctx: CheckContext,
  { session, profile, origin, route: name, encoding }: Forgery,
): Promise<{ arrived: boolean; survives: Exchange }> {
  const route = ctx.target.routes[name]
  if (!route) throw new SetupProblem(`routes.${name} is not declared.`)
  const nonce = `forged-${randomMarker(6)}`
  const values = { nonce, id: session.user.file.id, bytes: nonce, 'user.id': session.user.id }
  const form = formOf(route, { values, encoding, origin: profile.edge.origin })
  const { page, arrived } = await sendForm(profile, origin, form)
  await page.close()
  return { arrived, survives: await session.copy().call('list') }
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
