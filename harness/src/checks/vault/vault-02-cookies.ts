import { defineCheck } from '../../check.ts'
import { describeLeak, type Haystack } from '../../instruments/canary-scan.ts'
import { cookiePairs, joinedChunks } from '../../instruments/exchange-text.ts'

export const vault02 = defineCheck({
  id: 'VAULT-02',
  title: 'No cookie of the run decodes to a token',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'logout'] },
  dependsOn: [],
  requirement: ['ASVS5-14.3.3', 'BBA#pattern-bff-cookie-security'],
  source: [],
  mutants: ['cookie-base64-json-session'],
  usualCauses: [
    'the session is serialised into a signed, but not encrypted, cookie',
    'the tokens are set as cookies of their own',
  ],
  scope: 'run',
  async run(ctx) {
    const session = await ctx.signedIn()
    await ctx.expire(session.user)
    await session.call('list')
    await session.call('logout')
    const answers = ctx.recorder
      .current()
      .map((exchange) => ({ check: 'VAULT-02', headers: setCookies(exchange.headers) }))
    const groups = [...ctx.recorder.setCookies(), ...answers].filter(
      (group) => group.headers.length > 0,
    )
    ctx.witness('the target set cookies', groups.length > 0)
    const leaks: string[] = []
    const seen = new Set<string>()
    for (const { check, headers } of groups) {
      const fresh = haystacksOf(headers).filter(({ text }) => !seen.has(text))
      for (const { text } of fresh) seen.add(text)
      leaks.push(
        ...(await ctx.leaksIn(fresh)).map((leak) => `${describeLeak(leak)} while ${check} ran`),
      )
    }
    ctx.expect('tokens in cookies', [], leaks)
  },
})

const setCookies = (headers: readonly [string, string][]) =>
  headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value)

function haystacksOf(headers: readonly string[]): Haystack[] {
  const pairs = cookiePairs(headers)
  return [
    ...pairs.map(([name, value]) => ({ where: `cookie ${name}`, text: value })),
    ...pairs.map(([name]) => ({ where: 'name of a cookie', text: name })),
    ...joinedChunks(pairs),
  ]
}
