import { headersNamed, type HeaderList } from '../../instruments/http-exchange.ts'

/** Media types whose documents can run script when a browser shows them. */
const ACTIVE = /html|xml|svg|x-mixed-replace/i

/** Why an answer could run script in its origin when a browser goes to it; undefined when it cannot. */
export function scriptRisk(headers: HeaderList): string | undefined {
  const type = headersNamed(headers, 'content-type').join(', ')
  if (!ACTIVE.test(type)) return undefined
  const isDownload = headersNamed(headers, 'content-disposition').some((value) =>
    /^\s*attachment\b/i.test(value),
  )
  if (isDownload) return undefined
  const policies = policiesIn(headers)
  if (policies.some(keepsScriptsOut)) return undefined
  return `${type} shown in the page, Content-Security-Policy: ${headersNamed(headers, 'content-security-policy').join(', ') || 'none'}`
}

/** The directives of one policy with their sources, in lower case. */
export type Policy = ReadonlyMap<string, readonly string[]>

/** The policies of an answer; what holds in one of them holds. */
export const policiesIn = (headers: HeaderList): Policy[] =>
  headersNamed(headers, 'content-security-policy')
    .flatMap((value) => value.split(','))
    .map(directivesOf)

const directivesOf = (policy: string): Policy =>
  new Map(
    policy
      .split(';')
      .map((each) => each.trim().toLowerCase().split(/\s+/))
      .map(([name = '', ...sources]) => [name, sources]),
  )

/** A sandbox that does not give script and origin back, or a source list that is `'none'`, in quotes. */
function keepsScriptsOut(policy: Policy): boolean {
  const sandbox = policy.get('sandbox')
  if (sandbox && !(sandbox.includes('allow-scripts') && sandbox.includes('allow-same-origin')))
    return true
  const sources = policy.get('script-src') ?? policy.get('default-src')
  return sources?.length === 1 && sources[0] === "'none'"
}
