import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { isSuccess } from '../shared/answers.ts'

export const vault01 = defineCheck({
  id: 'VAULT-01',
  title: 'The login answer holds no token',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff', 'ASVS5-10.1.1', 'T-43'],
  source: ['POST /authentication/local answers { accessToken, refreshToken }'],
  mutants: ['login-returns-backend-json'],
  usualCauses: [
    'the handler returns what the backend answered to the login',
    'the tokens are put into the user object or into a header "for the mobile app"',
  ],
  async run(ctx) {
    const session = await ctx.visitor()
    const answer = await ctx.signIn(session)
    ctx.witness('the login made the backend mint tokens', (await ctx.generation(session.user)) > 0)
    ctx.expect('tokens in the login answer', [], (await ctx.leaksIn(answer)).map(describeLeak))
    const list = await session.call('list')
    ctx.aftermath.require('the session works', isSuccess(list), {
      expected: '2xx',
      got: String(list.status),
    })
  },
})
