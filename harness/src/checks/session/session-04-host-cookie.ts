import { defineCheck } from '../../check.ts'
import { headersNamed } from '../../instruments/http-exchange.ts'
import { sessionCookies } from '../shared/session-cookies.ts'

/** Browsers take such a name only with Secure, Path=/ and without Domain, and only from the host itself. */
const PREFIX = /^__host-/i

export const session04 = defineCheck({
  id: 'SESSION-04',
  title: 'The session cookie belongs to one host and nobody else can set it',
  level: 'SHOULD',
  profiles: ['core', 'hardening'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: [
    'BBA#pattern-bff-cookie-security',
    'ASVS5-3.3.3',
    'Duende CookiePrefixValidationTests',
  ],
  source: [],
  mutants: ['domain-cookie', 'cookie-below-api', 'cookie-without-prefix'],
  usualCauses: [
    'Domain is set so that a sister application can read the cookie',
    'the name has no __Host- prefix, so a subdomain can put a cookie of its own in its place',
    'Path is narrowed to the routes of the API, which is no protection',
  ],
  async run(ctx) {
    if (ctx.site.origin?.startsWith('https:') !== true)
      ctx.skip('the application is reached over http; set origin to an https URL to judge this')
    const session = await ctx.signedIn()
    const names = (await sessionCookies(ctx, session)).map(({ name }) => name)
    const set = ctx.recorder
      .current()
      .flatMap(({ headers }) => headersNamed(headers, 'set-cookie'))
      .filter((header) => names.includes(header.split('=')[0]?.trim() ?? ''))
    ctx.witness('the login set a session cookie', set.length > 0)
    ctx.expect(
      'session cookies that are not bound to the host',
      [],
      [...new Set(set.flatMap(problemsOf))],
    )
  },
})

function problemsOf(header: string): string[] {
  const [pair = '', ...rest] = header.split(';').map((part) => part.trim())
  const name = pair.split('=')[0] ?? ''
  const valueOf = (attribute: string) =>
    rest.find((part) => part.toLowerCase().startsWith(`${attribute}=`))?.slice(attribute.length + 1)
  const path = valueOf('path')
  const domain = valueOf('domain')
  return [
    ...(PREFIX.test(name) ? [] : [`${name}: no prefix __Host-`]),
    ...(path === '/' ? [] : [`${name}: ${path === undefined ? 'no Path' : `Path=${path}`}`]),
    ...(domain === undefined || domain === '' ? [] : [`${name}: Domain=${domain}`]),
  ]
}
