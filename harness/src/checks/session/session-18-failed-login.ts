import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import type { CallOptions, Session } from '../../session.ts'
import { randomMarker } from '../../target/template.ts'
import { isSignedOut, isSuccess } from '../shared/answers.ts'

const LOGIN = 'POST /authentication/local'

export const session18 = defineCheck({
  id: 'SESSION-18',
  title: 'A login that fails leaves no session',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-16.5.3'],
  source: ['POST /authentication/local answers 401 for wrong credentials'],
  mutants: ['session-before-auth'],
  usualCauses: [
    'the session is made before the backend has answered',
    'an error of the backend counts as a login without a user',
  ],
  async run(ctx) {
    await failsWith(ctx, 'a wrong password', {
      values: { 'user.password': `Pw-${randomMarker()}` },
    })
    await failsWith(ctx, 'an unknown user', {
      values: { 'user.email': `nobody.${randomMarker(4)}@example.test` },
    })
    const fault = await ctx.fault({
      operation: LOGIN,
      times: null,
      effect: { status: 500, message: 'Backend down' },
    })
    await failsWith(ctx, 'a backend that fails', {})
    await fault.remove()
    const good = await ctx.signedIn()
    ctx.witness('a login with the right credentials works', good.browser.jar.cookies().length > 0)
  },
})

async function failsWith(ctx: CheckContext, what: string, options: CallOptions): Promise<void> {
  const session = await ctx.visitor()
  const before = await ctx.mark()
  const answer = await session.call('login', options)
  const asked = (await ctx.journal(before)).api().filter(({ operation }) => operation === LOGIN)
  ctx.witness(
    `the backend refused the login with ${what}`,
    asked.some(({ status }) => status >= 400),
  )
  ctx.require(`the answer to ${what}`, answer.failure === undefined && !isSuccess(answer), {
    expected: '401, or another 4xx or 5xx',
    got: statusText(answer),
  })
  await isNobody(ctx, session, what)
}

/** Whatever cookies the answer set: they open nothing. */
async function isNobody(ctx: CheckContext, session: Session, what: string): Promise<void> {
  const since = await ctx.mark()
  const list = await session.call('list')
  await ctx.drain()
  ctx.require(`list after ${what}`, isSignedOut(list), {
    expected: '401 or 403',
    got: statusText(list),
  })
  ctx.expect(
    `upstream calls after ${what}`,
    [],
    (await ctx.journal(since)).api().map((entry) => `${entry.operation} → ${entry.status}`),
  )
}
