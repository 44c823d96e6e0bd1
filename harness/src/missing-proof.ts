import { headersNamed, jsonOf, statusText, type Exchange } from './instruments/http-exchange.ts'
import { readJsonPath } from './target/json-path.ts'
import type { Csrf } from './target/schema.ts'

/** Why the declared CSRF proof could not be sent; undefined when it was, or when none is declared. */
export function missingProof(csrf: Csrf, exchanges: readonly Exchange[]): string | undefined {
  if (csrf === 'none' || 'value' in csrf) return undefined
  if ('cookie' in csrf) {
    const set = namesSet(exchanges)
    return set.includes(csrf.cookie)
      ? undefined
      : `No answer set the cookie ${csrf.cookie} of session.csrf (set were: ${set.join(', ') || 'none'}): correct its name, or name the page that sets it in session.csrf.prime (now ${csrf.prime ?? '/'}).`
  }
  const asked = exchanges.findLast(({ call }) => call.path === csrf.get)
  if (!asked) return undefined
  return typeof readJsonPath(jsonOf(asked), csrf.json) === 'string'
    ? undefined
    : `GET ${csrf.get} answered ${statusText(asked)} without a text at ${csrf.json}: correct session.csrf.get or session.csrf.json.`
}

const namesSet = (exchanges: readonly Exchange[]): string[] => [
  ...new Set(
    exchanges
      .flatMap(({ headers }) => headersNamed(headers, 'set-cookie'))
      .map((header) => header.split('=')[0]?.trim() ?? ''),
  ),
]
