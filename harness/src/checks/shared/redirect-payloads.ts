/** In every value but those that have no place in a path. */
export const MARK = 'bffc-'
/** The host that no answer may lead to; nobody is asked there. */
const ELSEWHERE = `${MARK}elsewhere.test`

/** A header that an answer has only when a value broke a line. */
export const INJECTED_HEADER = 'x-bffc-injected'

/** Values of a return parameter. */
export interface RedirectPayloads {
  /** Some of each kind: paths and addresses of the own origin, of another, and what breaks a line. */
  probes: string[]
  /** What a browser, or a careless comparison, takes for something else than a path of the own origin. */
  others: string[]
}

export function redirectPayloads(own: URL): RedirectPayloads {
  return {
    probes: [
      `/${MARK}here`,
      `${own.origin}/${MARK}here`,
      `https://${ELSEWHERE}/`,
      `//${ELSEWHERE}/`,
      `/\r\n${INJECTED_HEADER}: 1`,
      `/%0d%0a${INJECTED_HEADER}:%201`,
    ],
    others: [
      `///${ELSEWHERE}/`,
      `/\\${ELSEWHERE}/`,
      `\\\\${ELSEWHERE}/`,
      `/\t/${ELSEWHERE}/`,
      `/\n/${ELSEWHERE}/`,
      `\t//${ELSEWHERE}/`,
      ` //${ELSEWHERE}/`,
      `https:${ELSEWHERE}`,
      `HTTPS:\\\\${ELSEWHERE}`,
      `/%2f${ELSEWHERE}/`,
      `/%5c${ELSEWHERE}/`,
      `/%09/${ELSEWHERE}/`,
      `%2f%2f${ELSEWHERE}/`,
      `/.//${ELSEWHERE}/`,
      `/x/..//${ELSEWHERE}/`,
      `${own.origin}.${ELSEWHERE}/`,
      `${own.origin}@${ELSEWHERE}/`,
      `${own.protocol}//${ELSEWHERE}/${own.host}`,
      `//${ELSEWHERE}\\@${own.host}/`,
      'javascript:alert(1)//',
      'data:text/html,<script>alert(1)</script>',
    ],
  }
}

/** Where a browser at `from` would go; undefined when it would go nowhere. */
function destinationOf(location: string, from: URL): URL | undefined {
  return URL.canParse(location, from.href) ? new URL(location, from) : undefined
}

/** Says where a `Location` or `Refresh` leads away to; undefined when it stays. `from`: the address of the request. */
export function leadsAway(location: string, from: URL): string | undefined {
  const to = destinationOf(location, from)
  if (to === undefined) return undefined
  const away = to.hostname === ELSEWHERE || to.hostname.endsWith(`.${ELSEWHERE}`)
  return away || !/^https?:$/.test(to.protocol) ? to.href : undefined
}

/** The next address on the own host; undefined when the answer leads nowhere. */
export function nextStep(location: string, from: URL): URL | undefined {
  const to = destinationOf(location, from)
  return to?.host === from.host ? to : undefined
}
