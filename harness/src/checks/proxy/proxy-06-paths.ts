import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import type { Session } from '../../session.ts'
import type { RouteName } from '../../target/schema.ts'
import { fillText, mentions } from '../../target/template.ts'
import { dataRoutes, isSuccess } from '../shared/answers.ts'
import { expectContainedIds } from '../shared/contained-ids.ts'
import { BROKEN_OUT, hasClimbed, hostilePieces, hostileValues } from '../shared/hostile-paths.ts'

export const proxy06 = defineCheck({
  id: 'PROXY-06',
  title: 'No path and no parameter leads the BFF to another path or host',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff-proxy', 'T-120', 'T-121'],
  source: ['an HTTP client with a base URL prefers an absolute URL to it'],
  mutants: ['axios-baseurl-absolute', 'page-link-followed', 'catch-all-proxy'],
  usualCauses: [
    'the rest of the path is resolved against the base URL, which an absolute one replaces',
    'a parameter is put into the upstream URL without encoding',
    'a catch-all route passes on every path of the backend',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const usual = await session.call('list')
    ctx.witness('the list works with an ordinary path', isSuccess(usual))
    const known = await usualOperations(ctx, session)
    const routes = [...dataRoutes(ctx), ...(ctx.target.routes.me ? (['me'] as const) : [])]
    for (const route of routes) {
      if (/\{\{(file\.)?id\}\}/.test(ctx.target.routes[route]?.path ?? ''))
        await expectContainedIds(ctx, session, route)
      await hostileParameters(ctx, session, { route, known })
    }
    for (const folder of foldersOf(ctx, routes))
      for (const piece of hostilePieces(ctx.sink.url))
        await contained(ctx, {
          about: `path ${folder}${piece}`,
          act: () => session.browser.send({ method: 'GET', path: folder + piece, headers: [] }),
        })
    await contained(ctx, {
      about: 'an absolute URL in the request line',
      act: () =>
        session.browser.send({ method: 'GET', path: `${ctx.sink.url}/absolute`, headers: [] }),
    })
    await ctx.drain()
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: String(later.status),
    })
  },
})

/** Operations that ordinary calls of any route lead to. */
async function usualOperations(ctx: CheckContext, session: Session): Promise<Set<string>> {
  const since = await ctx.mark()
  const { filter } = ctx.target.routes.list
  if (filter) await session.call('list', { query: filled(filter, 'bffc') })
  await ctx.drain()
  const seen = (await ctx.journal(since)).api().map(({ operation }) => operation)
  return new Set([...ctx.discovery.routes.flatMap(({ upstream }) => upstream), ...seen])
}

interface Parameters {
  route: RouteName
  known: ReadonlySet<string>
}

/** Every declared query parameter and filter of a route in turn, and an id in the body. */
async function hostileParameters(
  ctx: CheckContext,
  session: Session,
  { route, known }: Parameters,
): Promise<void> {
  const declared = ctx.target.routes[route]
  const fixed = Object.keys(declared?.query ?? {}).map((name) => [name, '{{term}}'] as const)
  const body = declared?.json ?? declared?.form
  if (body !== undefined && (mentions(body, 'id') || mentions(body, 'file.id')))
    for (const value of hostileValues(ctx.sink.url))
      await contained(ctx, {
        known,
        about: `${route} with id ${JSON.stringify(value)} in the body`,
        act: () => session.call(route, { values: { id: value, 'file.id': value } }),
      })
  const templates = [...fixed, ...Object.entries(declared?.filter ?? {})]
  for (const [name, template] of templates)
    for (const value of hostileValues(ctx.sink.url))
      await contained(ctx, {
        known,
        about: `${route} with ${name}=${JSON.stringify(value)}`,
        act: () => session.call(route, { query: filled({ [name]: template }, value) }),
      })
}

const filled = (templates: Readonly<Record<string, string>>, term: string) =>
  Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [name, fillText(template, { term })]),
  )

/** Each folder on the way to a declared route, with the slash at its end. */
function foldersOf({ target }: CheckContext, routes: readonly RouteName[]): string[] {
  const folders = routes.flatMap((route) => {
    const path = (target.routes[route]?.path ?? '/').split(/[?{]/)[0] ?? '/'
    const steps = path.split('/').filter((step) => step !== '')
    return steps.map((_, index) => `/${steps.slice(0, index + 1).join('/')}/`)
  })
  return ['/', ...new Set(folders)]
}

interface Attempt {
  about: string
  act: () => Promise<unknown>
  /** Operations that may follow; any, where a route that the target file does not name may stand. */
  known?: ReadonlySet<string>
}

async function contained(ctx: CheckContext, { about, act, known }: Attempt): Promise<void> {
  const before = ctx.sink.calls().length
  const since = await ctx.mark()
  await act()
  const strayed = (await ctx.journal(since)).api().filter((entry) => isAstray(entry, known))
  ctx.expect(`calls of a foreign host through ${about}`, [], ctx.sink.calls().slice(before))
  ctx.expect(
    `upstream calls astray through ${about}`,
    [],
    strayed.map((entry) => `${entry.method} ${entry.path.slice(0, 120)}`),
  )
}

/** An operation that the route does not make otherwise, a path that climbs, or a parameter that broke out of its place. */
const isAstray = ({ operation, path }: JournalEntry, known: ReadonlySet<string> | undefined) =>
  (known !== undefined && !known.has(operation)) ||
  hasClimbed(path) ||
  new URL(path, 'http://backend').searchParams.has(BROKEN_OUT)
