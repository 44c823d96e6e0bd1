import type { JournalEntry } from 'mock-conduit'
import { headersNamed, textOf, type Exchange } from '../../instruments/http-exchange.ts'

const PROVIDERS_STATE = 'bffc'

/** Where Conduit sends to; nobody goes there. */
export const PROVIDER = `https://accounts.google.com/o/oauth2/v2/auth?client_id=bffc&response_type=code&state=${PROVIDERS_STATE}`

/** Path and query of the address on the own origin that the backend was told to send the browser back to. */
export function wayBackIn(calls: readonly JournalEntry[], origin: string): string | undefined {
  const told = calls.flatMap(({ path, requestBody }) => [
    ...new URL(path, 'http://backend').searchParams.values(),
    ...stringsIn(requestBody.text ?? ''),
  ])
  const back = told.findLast((text) => URL.canParse(text) && new URL(text).origin === origin)
  if (back === undefined) return undefined
  const { pathname, search } = new URL(back)
  return pathname + search
}

/** The `state` of the address that the browser is sent to, when it is the target's own. */
export function stateIn(answer: Exchange): string | undefined {
  const text = textOf(answer)
    .replaceAll(String.raw`\u0026`, '&')
    .replaceAll('&amp;', '&')
  const addresses = [
    ...headersNamed(answer.headers, 'location'),
    ...(text.replaceAll(String.raw`\/`, '/').match(/https?:\/\/[^\s"'<>\\]+/g) ?? []),
  ]
  return addresses
    .flatMap((each) => (URL.canParse(each) ? (new URL(each).searchParams.get('state') ?? []) : []))
    .find((state) => state !== PROVIDERS_STATE)
}

/** All that stands between quotes; addresses need no escapes but for their slashes. */
const stringsIn = (json: string) =>
  (json.match(/"[^"]*"/g) ?? []).map((text) => text.slice(1, -1).replaceAll(String.raw`\/`, '/'))
