import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, textOf } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import type { RouteName } from '../../target/schema.ts'
import { isSuccess } from '../shared/answers.ts'
import { internalsIn } from '../shared/internals.ts'
import { upstreamOf } from '../shared/upstream-of.ts'

interface Nonsense {
  name: string
  body: string
  type?: string
}

const NONSENSE: readonly Nonsense[] = [
  { name: 'a JSON that is cut off', body: '{"documents":[{"_id":"1","ti' },
  { name: 'an empty body', body: '' },
  { name: 'a page of HTML', body: '<!doctype html><title>Maintenance</title>', type: 'text/html' },
]
/** Asked of the list only: such a body takes its time on every side. */
const FLOOD = { name: '10 MiB of spaces', body: ' '.repeat(10 * 1024 * 1024) }

export const resil04 = defineCheck({
  id: 'RESIL-04',
  title: 'A 200 without sense is a failure of the backend, not a result',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-16.5.3'],
  source: [],
  mutants: ['returns-200-undefined'],
  usualCauses: [
    'an answer that cannot be parsed becomes an empty result',
    'the status of the backend is relayed without a look at its body',
    'the error of the parser, with its stack, is the answer',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const routes = (['list', 'create'] as const).filter((route) => ctx.target.routes[route])
    for (const route of routes)
      if (route === 'list' || (await showsWhatWasMade(ctx, session)))
        await makesNoSense(ctx, session, route)
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

/** A create that is answered without anything of the backend's answer has no need to understand it. */
async function showsWhatWasMade(ctx: CheckContext, session: Session): Promise<boolean> {
  const since = await ctx.mark()
  const answer = await session.call('create')
  const ids = (await ctx.journal(since, session.user))
    .data()
    .flatMap((entry) => /"_id":"([^"]+)"/.exec(entry.responseBody.text ?? '')?.[1] ?? [])
  const shown = `${answer.headers.join('\n')}\n${textOf(answer)}`
  return ids.some((id) => shown.includes(id))
}

async function makesNoSense(ctx: CheckContext, session: Session, route: RouteName): Promise<void> {
  const operations = await upstreamOf(ctx, session, route)
  const hosts = [...ctx.backend.urls, ctx.backend.storageUrl].map((url) => new URL(url).host)
  const answers: readonly Nonsense[] = route === 'list' ? [...NONSENSE, FLOOD] : NONSENSE
  for (const { name, body, type = 'application/json' } of answers) {
    const faults = []
    for (const operation of operations)
      faults.push(
        await ctx.fault({
          operation,
          user: session.user.id,
          times: null,
          effect: { status: 200, body, headers: { 'Content-Type': type } },
        }),
      )
    const since = await ctx.mark()
    const answer = await session.call(route)
    await ctx.drain()
    for (const fault of faults) await fault.remove()
    const view = await ctx.journal(since, session.user)
    ctx.witness(
      `${route} was answered ${name}`,
      view.data().some((entry) => entry.fault !== undefined),
    )
    const isFailure = answer.failure === undefined && answer.status >= 500
    ctx.require(`the answer when ${route} gets ${name}`, isFailure, {
      expected: '502',
      got: statusText(answer),
    })
    ctx.expect(
      `internals in the answer when ${route} gets ${name}`,
      [],
      internalsIn(textOf(answer), hosts),
    )
  }
}
