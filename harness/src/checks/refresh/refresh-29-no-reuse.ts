import { defineCheck } from '../../check.ts'
import { isSuccess } from '../shared/answers.ts'

export const refresh29 = defineCheck({
  id: 'REFRESH-29',
  title: 'In the whole run no spent refresh token was presented',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['RFC9700#4.14', 'T-06', 'T-07'],
  source: ['a spent refresh token answers 400 "Refresh token not found"'],
  mutants: ['no-single-flight', 'rotated-rt-not-saved'],
  usualCauses: ['see the REFRESH checks: somewhere two renewals use one refresh token'],
  scope: 'run',
  async run(ctx) {
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const answer = await session.call('list')
    const users = await ctx.backend.control.users()
    const renewals = users.reduce((sum, user) => sum + user.renews, 0)
    ctx.witness(`${renewals} renewals in the run`, renewals > 0 && isSuccess(answer))
    const reused = users
      .filter((user) => user.reuses > 0 && !isLost(user.email ?? ''))
      .map((user) => `${user.reuses} by ${(user.email ?? user._id).split('.')[0] ?? ''}`)
    ctx.expect('spent refresh tokens presented, by check', [], reused)
  },
})

/** Checks after which nobody can know that a token is spent: the answer was lost, or its receiver has died, been stopped, given up, or lost its vault or its lock. */
const LOSSES = ['refresh-16.', 'refresh-17.', 'refresh-18.'].concat([
  'resil-06.',
  'resil-07.',
  'resil-08.',
  'resil-09.',
])

const isLost = (email: string) => LOSSES.some((check) => email.startsWith(check))
