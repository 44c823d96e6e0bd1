import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import type { ExpiryMode } from '../../discovery.ts'
import { isAccepted, statusText } from '../../instruments/http-exchange.ts'
import type { JournalView } from '../../instruments/journal-view.ts'
import { createsIn, isOneScope, scopesOf, storedIn } from '../shared/scopes.ts'
import { UPLOAD_KINDS, valuesOfUpload, type UploadKind } from '../shared/upload-kinds.ts'

const ROUTES = ['create', 'createMany', 'upload'] as const
/** Of an uploaded file. */
const SIZE = 2000
type CreatingRoute = (typeof ROUTES)[number]

export const rules09 = defineCheck({
  id: 'RULES-09',
  title: 'Creates of every kind have their scope, and have it again after a renewal',
  level: 'MUST',
  profiles: ['conduit'],
  needs: { routes: ['login', 'create'] },
  dependsOn: ['RULES-08'],
  requirement: ['project rule', 'REFRESH-14'],
  source: ['Conduit crud.handler reads queryParams.scope; so do POST /storage/file and /upload'],
  mutants: [
    'scope-only-on-first-attempt',
    'many-without-scope',
    'upload-without-scope',
    'pictures-without-scope',
    'scope-lost-by-renewal',
  ],
  usualCauses: [
    'the second attempt is put together from the path without the query',
    'the scope is added by the caller of the function that repeats',
    'the scope is added where one document is created, and nowhere else',
    'what a renewal saves is made anew from the tokens alone, so that the next request does not know whose session it is',
  ],
  async run(ctx) {
    if (!ctx.target.routes.create?.scope) ctx.skip('routes.create.scope is not declared')
    for (const route of ROUTES) {
      if (!ctx.target.routes[route]?.scope) continue
      if (route === 'upload') await expectScopeOfKinds(ctx)
      else if (route !== 'create') await expectScope(ctx, { route })
      for (const mode of ctx.discovery.expiry) await expectScope(ctx, { route, mode })
    }
    for (const mode of ctx.discovery.expiry) await expectScopeKept(ctx, mode)
  },
})

/** A renewal in between changes nothing about the scope of later creates. */
async function expectScopeKept(ctx: CheckContext, mode: ExpiryMode): Promise<void> {
  const session = await ctx.expired(mode)
  const since = await ctx.mark()
  const renewing = await session.call('create')
  await ctx.drain()
  const later = await ctx.mark()
  const next = await session.call('create')
  await ctx.drain()
  ctx.setup(
    isAccepted(renewing) && isAccepted(next),
    `creates with a renewal in between answered ${statusText(renewing)} and ${statusText(next)}.`,
  )
  const view = await ctx.journal(since, session.user)
  const after = createsIn(await ctx.journal(later, session.user))
  ctx.witness(
    `a renewal, and a create after it (expiry by ${mode})`,
    view.renewed().length > 0 && after.length > 0,
  )
  const before = createsIn(view).find((create) => !after.some(({ seq }) => seq === create.seq))
  ctx.expect(
    `scopes of the create after a renewal (expiry by ${mode})`,
    before ? scopesOf(before) : [],
    [...new Set(after.flatMap(scopesOf))],
  )
}

/** Uploads of every kind that is taken, with a valid token. */
async function expectScopeOfKinds(ctx: CheckContext): Promise<void> {
  const taken: boolean[] = []
  for (const kind of UPLOAD_KINDS) taken.push(await expectScope(ctx, { route: 'upload', kind }))
  ctx.setup(taken.includes(true), 'upload refused every kind of file.')
}

interface Creating {
  route: CreatingRoute
  mode?: ExpiryMode
  kind?: UploadKind
}

/** False for a kind of file that is refused. */
async function expectScope(ctx: CheckContext, { route, mode, kind }: Creating): Promise<boolean> {
  const session = mode === undefined ? await ctx.signedIn() : await ctx.expired(mode)
  const what = kind === undefined ? '' : `${kind.about} `
  const about = `${what}${mode === undefined ? 'with a valid token' : `expiry by ${mode}`}`
  const since = await ctx.mark()
  const answer = await session.call(
    route,
    kind ? { values: valuesOfUpload(kind, kind.content(SIZE, ctx.seed)) } : {},
  )
  await ctx.drain()
  const view = await ctx.journal(since, session.user)
  // An upload may be refused when its token has run out (REFRESH-15).
  if (route === 'upload' && !isAccepted(answer)) return false
  ctx.setup(isAccepted(answer), `${route} (${about}) answered ${statusText(answer)}.`)
  const creates = creatingCalls(route, view)
  ctx.witness(
    `a call upstream that creates, by ${route}${mode === undefined ? '' : `, and a renewal`} (${about})`,
    creates.length > 0 && (mode === undefined || view.renewed().length > 0),
  )
  for (const [index, create] of creates.entries()) {
    const scopes = scopesOf(create)
    ctx.require(`scope of attempt ${index + 1} of ${route} (${about})`, isOneScope(scopes), {
      expected: 'one scope=Type:id',
      got: scopes.join(', ') || 'none',
    })
  }
  return true
}

const creatingCalls = (route: CreatingRoute, view: JournalView) =>
  route === 'upload' ? storedIn(view) : createsIn(view)
