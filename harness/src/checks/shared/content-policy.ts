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
  const policies = headersNamed(headers, 'content-security-policy').flatMap((value) =>
    value.split(','),
  )
  if (policies.some(keepsScriptsOut)) return undefined
  return `${type} shown in the page, Content-Security-Policy: ${policies.join(', ') || 'none'}`
}

/** A sandbox that does not give script and origin back, or a source list that is `'none'`, in quotes. */
function keepsScriptsOut(policy: string): boolean {
  const directives = new Map(
    policy
      .split(';')
      .map((each) => each.trim().split(/\s+/))
      .map(([name = '', ...values]) => [name.toLowerCase(), values.map((v) => v.toLowerCase())]),
  )
  const sandbox = directives.get('sandbox')
  if (sandbox && !(sandbox.includes('allow-scripts') && sandbox.includes('allow-same-origin')))
    return true
  const sources = directives.get('script-src') ?? directives.get('default-src')
  return sources?.length === 1 && sources[0] === "'none'"
}
