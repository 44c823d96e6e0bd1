import { defineCheck } from '../../check.ts'
import { isSuccess, tally } from '../shared/answers.ts'

export const refresh22 = defineCheck({
  id: 'REFRESH-22',
  title: 'A valid access token is not renewed',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['T-58'],
  source: ['access tokens live for an hour'],
  mutants: ['refresh-every-request'],
  usualCauses: [
    'the expiry is read in seconds and compared in milliseconds',
    'a missing expires_in counts as expired',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const since = await ctx.mark()
    const answers = []
    for (let batch = 0; batch < 5; batch += 1)
      answers.push(...(await Promise.all(Array.from({ length: 10 }, () => session.call('list')))))
    await ctx.drain()
    const view = await ctx.journal(since, session.user)
    ctx.witness(
      'calls with a valid token reach the backend',
      view.data().some((entry) => entry.token?.state === 'live'),
    )
    ctx.expect('renewals', 0, view.renews().length)
    ctx.require('answers to the client', answers.every(isSuccess), {
      expected: `2xx ×${answers.length}`,
      got: tally(answers),
    })
  },
})
