import { defineCheck } from '../../check.ts'
import { statusText, textOf } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'

export const leak18 = defineCheck({
  id: 'LEAK-18',
  title: 'One user is never answered from what was fetched for another',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['T-44', 'T-45', 'T-46', 'T-79'],
  source: [],
  mutants: ['fetch-cache-revalidate'],
  usualCauses: [
    "the framework's fetch cache (revalidate) does not look at the token",
    'a cache of the module is keyed by the URL alone',
  ],
  async run(ctx) {
    const first = await ctx.signedIn()
    const second = await ctx.signedIn()
    const third = await ctx.visitor()
    await ctx.signIn(third)
    for (const session of [first, second, third]) {
      const since = await ctx.mark()
      const answer = await session.call('list')
      await ctx.drain()
      const calls = (await ctx.journal(since)).data()
      ctx.setup(isSuccess(answer), `list answered ${statusText(answer)}.`)
      // A user's own earlier answer may be shown again; the first list of a user has to be fetched for this user.
      if (session === third)
        ctx.expect(
          'users that the first list of a user was fetched for',
          [session.user.email],
          [...new Set(calls.map((entry) => entry.token?.email))],
        )
      else
        ctx.expect(
          'users that the list was fetched for instead',
          [],
          [...new Set(calls.map((entry) => entry.token?.email))].filter(
            (email) => email !== session.user.email,
          ),
        )
      for (const other of [first, second, third])
        if (other !== session)
          ctx.expect(
            "another user's address in the list",
            false,
            textOf(answer).includes(other.user.email),
          )
    }
    ctx.witness('three users listed', (await ctx.generation(third.user)) > 0)
    if (ctx.target.routes.create === undefined) return
    await third.call('create')
    await ctx.backend.control.clearCache()
    const since = await ctx.mark()
    const fresh = await third.call('list')
    await ctx.drain()
    ctx.require(
      'an upstream call for the list after a create',
      (await ctx.journal(since, third.user)).data().length > 0,
      { expected: 'at least one', got: `none, but ${statusText(fresh)}` },
    )
  },
})
