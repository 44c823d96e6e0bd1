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
    const fresh = new Map<string, Haystack>()
    for (const { check, headers } of groups)
      for (const { where, text } of haystacksOf(headers))
        if (!fresh.has(text)) fresh.set(text, { where: `${where} while ${check} ran`, text })
    const leaks = await ctx.leaksIn([...fresh.values()])
    ctx.expect('tokens in cookies', [], leaks.map(describeLeak))
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
