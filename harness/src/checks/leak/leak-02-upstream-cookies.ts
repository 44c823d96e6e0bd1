import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { cookiePairs } from '../../instruments/exchange-text.ts'
import { headersNamed, type Exchange } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { randomMarker } from '../../target/template.ts'

/** Tells these canaries from the session's own tokens, which other checks look for. */
const OWNER = 'backend-cookie'
const NAMES = ['accessToken', 'refreshToken']

export const leak02 = defineCheck({
  id: 'LEAK-02',
  title: "The backend's token cookies are not relayed",
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff'],
  source: [
    'Conduit tokenProvider.constructCookies: with setCookie on, login and renew answers carry accessToken and refreshToken cookies',
  ],
  mutants: ['relays-set-cookie'],
  usualCauses: [
    "the proxy copies every header of the backend's answer",
    'Set-Cookie is on no deny-list',
  ],
  async run(ctx) {
    const values = { access: `C-${randomMarker(24)}`, refresh: `C-${randomMarker(24)}` }
    ctx.registry.add({
      kind: 'access',
      owner: OWNER,
      generation: 0,
      value: values.access,
    })
    ctx.registry.add({
      kind: 'refresh',
      owner: OWNER,
      generation: 0,
      value: values.refresh,
    })
    const probe = await ctx.signedIn()
    const before = await ctx.mark()
    await probe.call('list')
    const operations = new Set(
      (await ctx.journal(before, probe.user)).data().map((entry) => entry.operation),
    )
    const cookies = [
      `accessToken=${values.access}; Path=/; HttpOnly; SameSite=Lax`,
      `refreshToken=${values.refresh}; Path=/; HttpOnly; SameSite=Lax`,
    ]
    const faults = []
    for (const operation of ['POST /authentication/local', RENEW, ...operations])
      faults.push(
        await ctx.fault({
          operation,
          times: null,
          effect: { addHeaders: { 'Set-Cookie': cookies } },
        }),
      )
    const session = await ctx.visitor()
    const answers: Exchange[] = [await ctx.signIn(session), await session.call('list')]
    await ctx.expire(session.user)
    answers.push(await session.call('list'))
    const hits = await Promise.all(faults.map((fault) => fault.hits()))
    ctx.witness(
      'the backend set token cookies on login, renewal and data',
      (hits[0] ?? 0) > 0 && hits.slice(2).some((count) => count > 0),
    )
    const relayed = answers
      .flatMap((answer) => cookiePairs(headersNamed(answer.headers, 'set-cookie')))
      .map(([name]) => name)
    ctx.expect(
      'cookie names of the backend in the answers',
      [],
      relayed.filter((name) => NAMES.includes(name) && !ctx.discovery.cookies.includes(name)),
    )
    for (const answer of answers) {
      const own = (await ctx.leaksIn(answer)).filter(({ canary }) => canary.owner === OWNER)
      ctx.expect(
        `token cookies in the answer to ${answer.call.method} ${answer.call.path}`,
        [],
        own.map(describeLeak),
      )
    }
  },
})
