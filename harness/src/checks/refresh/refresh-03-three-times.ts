import { defineCheck } from '../../check.ts'
import { inThePast } from '../../context.ts'
import { isSuccess, tally } from '../shared/answers.ts'

export const refresh03 = defineCheck({
  id: 'REFRESH-03',
  title: 'Each renewal uses the refresh token of the one before',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['OIDF client refresh test', 'T-03'],
  source: ['a renew deletes the old refresh token and the old access token at once'],
  mutants: ['rotated-rt-not-saved'],
  usualCauses: [
    'only the access token of the renew answer is saved',
    'the renewed pair is saved in memory, but not in the vault',
  ],
  async run(ctx) {
    const byDecree = ctx.discovery.expiry.includes('decree')
    const session = byDecree ? await ctx.signedIn() : await ctx.expired('clock')
    const first = await ctx.generation(session.user)
    const since = await ctx.mark()
    const answers = []
    for (let round = 0; round < 3; round += 1) {
      if (byDecree) {
        await ctx.expire(session.user)
        answers.push(await session.call('list'))
      } else await inThePast(ctx.backend, async () => answers.push(await session.call('list')))
    }
    await ctx.drain()
    const renews = (await ctx.journal(since, session.user)).renews()
    ctx.witness('a renewal', renews.length > 0)
    ctx.expect(
      'refresh tokens presented',
      [first, first + 1, first + 2].map((generation) => `RT${generation}`),
      renews.map((entry) => `RT${entry.token?.generation ?? 0}`),
    )
    ctx.require('answers to the client', answers.every(isSuccess), {
      expected: '2xx ×3',
      got: tally(answers),
    })
    ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
  },
})
