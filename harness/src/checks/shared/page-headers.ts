import { headersNamed, type HeaderList } from '../../instruments/http-exchange.ts'
import { policiesIn, type Policy } from './content-policy.ts'

const YEAR_SECONDS = 31_536_000
const OPEN_SOURCES = ['*', 'https:', 'http:', 'data:', 'blob:']
const COOP = ['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups']

/** What the headers of a page lack of what ASVS 3.4 asks for; HSTS over HTTPS only. */
export function missingHeaders(headers: HeaderList, isHttps: boolean): string[] {
  const policies = policiesIn(headers)
  const some = (holds: (policy: Policy) => boolean) => policies.some(holds)
  const first = (name: string) => headersNamed(headers, name)[0]?.trim().toLowerCase() ?? ''
  const wanted: [what: string, holds: boolean][] = [
    ['a script-src of nonces, hashes or named origins', some(namesScripts)],
    [
      "object-src 'none'",
      some((policy) => isNone(policy.get('object-src') ?? policy.get('default-src'))),
    ],
    ["base-uri 'none'", some((policy) => isNone(policy.get('base-uri')))],
    ['frame-ancestors', some(namesAncestors)],
    [
      'Referrer-Policy',
      !['', 'unsafe-url'].includes(first('referrer-policy').split(',').at(-1)?.trim() ?? ''),
    ],
    [
      'Cross-Origin-Opener-Policy',
      COOP.includes(first('cross-origin-opener-policy').split(';')[0]?.trim() ?? ''),
    ],
    [
      'Strict-Transport-Security of a year',
      !isHttps || secondsIn(first('strict-transport-security')) >= YEAR_SECONDS,
    ],
  ]
  return wanted.filter(([, holds]) => !holds).map(([what]) => what)
}

const isNone = (sources: readonly string[] | undefined) =>
  sources?.length === 1 && sources[0] === "'none'"

/** Nothing inline but what a nonce or a hash names, and no origin whatever. */
function namesScripts(policy: Policy): boolean {
  const sources = policy.get('script-src') ?? policy.get('default-src')
  if (!sources) return false
  const named = sources.some((source) => /^'(nonce-|sha\d+-)/.test(source))
  // Browsers that know it ignore origins and schemes beside it.
  const strict = named && sources.includes("'strict-dynamic'")
  const inline = sources.includes("'unsafe-inline'") && !named
  return !inline && (strict || !sources.some((source) => OPEN_SOURCES.includes(source)))
}

function namesAncestors(policy: Policy): boolean {
  const ancestors = policy.get('frame-ancestors')
  return ancestors !== undefined && !ancestors.some((source) => OPEN_SOURCES.includes(source))
}

const secondsIn = (value: string) => Number(/max-age\s*=\s*"?(\d+)/.exec(value)?.[1] ?? 0)
