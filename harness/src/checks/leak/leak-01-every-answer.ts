import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { declaredCalls } from '../shared/declared-calls.ts'

export const leak01 = defineCheck({
  id: 'LEAK-01',
  title: 'No answer of the whole run holds a token',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'logout'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff', 'ASVS5-10.1.1'],
  source: [],
  mutants: ['debug-header-echo-token', 'token-in-header-of-search'],
  usualCauses: [
    'a debug header or field survived',
    'an error object with its request headers is serialised',
    "the backend's answer is passed on with all its headers",
  ],
  scope: 'run',
  async run(ctx) {
    const session = await ctx.signedIn()
    const calls = declaredCalls(ctx)
    for (const { route, options } of calls) await session.call(route, options)
    await ctx.expire(session.user)
    for (const { route, options } of calls) await session.call(route, options)
    if (ctx.target.routes.me) await session.call('me')
    await session.call('logout')
    await session.call('list')
    await ctx.backend.learnTokens()
    ctx.recorder.sweep(ctx.registry)
    ctx.witness(
      `${ctx.recorder.searched()} answers searched`,
      ctx.recorder.searched() > 0 && (await ctx.generation(session.user)) > 0,
    )
    const leaks = ctx.recorder
      .leaks()
      .filter(({ canary }) => canary.kind === 'access' || canary.kind === 'refresh')
      .map(
        (leak) =>
          `${describeLeak(leak)} of ${leak.request} → ${leak.status}, while ${leak.check} ran`,
      )
    ctx.expect('tokens in answers', [], [...new Set(leaks)])
  },
})
