import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import type { RouteName } from '../../target/schema.ts'
import { dataRoutes, isSuccess } from '../shared/answers.ts'
import { sideBySide } from '../shared/side-by-side.ts'
import type { DeclaredCall } from '../shared/declared-calls.ts'
import { besideList, troubledCall } from '../shared/troubled-call.ts'
import { upstreamOf } from '../shared/upstream-of.ts'

const STATUSES = [400, 403, 404, 409, 422, 429, 500]

export const refresh13 = defineCheck({
  id: 'REFRESH-13',
  title: 'Only a 401 is a reason to renew; other refusals are passed on for what they are',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-22'],
  requirement: ['T-25'],
  source: ['Conduit answers 403 for missing rights, 404 and 500 for missing documents and files'],
  mutants: ['renew-on-403', 'me-renews-on-404'],
  usualCauses: [
    'every failed call is taken for a stale token',
    '403 and 401 are treated alike',
    'a refusal signs the user out',
  ],
  async run(ctx) {
    // A user for each route: they go side by side.
    await sideBySide(dataRoutes(ctx).map((route) => meetsRefusals(ctx, route)))
    const alike = async (call: DeclaredCall, owner: Session) => {
      for (const status of STATUSES) {
        const met = await troubledCall(ctx, owner, call, { status, message: 'Refused' })
        if (!met) return
        ctx.expect(`renewals when ${call.about} meets ${status}`, 0, met.view.renews().length)
      }
    }
    await besideList(ctx, alike, dataRoutes(ctx))
  },
})

async function meetsRefusals(ctx: CheckContext, route: RouteName): Promise<void> {
  const session = await ctx.signedIn()
  const operations = await upstreamOf(ctx, session, route)
  for (const status of STATUSES) await refused(ctx, session, { route, operations, status })
  const later = await session.call('list')
  ctx.aftermath.require(`list after the refusals of ${route}`, isSuccess(later), {
    expected: '2xx',
    got: statusText(later),
  })
}

interface Refusal {
  route: RouteName
  operations: readonly string[]
  status: number
}

async function refused(
  ctx: CheckContext,
  session: Session,
  { route, operations, status }: Refusal,
): Promise<void> {
  const faults = []
  for (const operation of operations)
    faults.push(
      await ctx.fault({
        operation,
        user: session.user.id,
        times: null,
        effect: { status, message: 'Refused for another reason' },
      }),
    )
  const since = await ctx.mark()
  const answer = await session.call(route)
  await ctx.drain()
  for (const fault of faults) await fault.remove()
  const view = await ctx.journal(since, session.user)
  ctx.witness(
    `${route} met ${status}`,
    view.data().some((entry) => entry.fault !== undefined && entry.status === status),
  )
  ctx.expect(`renewals when ${route} meets ${status}`, 0, view.renews().length)
  ctx.require(`the answer when ${route} meets ${status}`, fits(route, status, answer), {
    expected: expectedFor(route, status),
    got: statusText(answer),
  })
}

/** A preview may call every refusal of its file by one name: missing, or not to be had now. */
function fits(route: RouteName, met: number, { failure, status }: Exchange): boolean {
  if (failure !== undefined || status === 401) return false
  if (route === 'preview') return status >= 400
  if (met === 429 && status === 503) return true
  return met < 500 ? status >= 400 && status < 500 : status >= 500
}

function expectedFor(route: RouteName, met: number): string {
  if (route === 'preview') return '4xx or 5xx, not 401'
  return met < 500 ? `4xx, not 401${met === 429 ? ', or 503' : ''}` : '5xx'
}
