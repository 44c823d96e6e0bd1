const PATTERNS: readonly [what: string, pattern: RegExp][] = [
  ['an Authorization value', /\bBearer\s+[\w+/.=-]{8,}/i],
  ['a header dump', /["']?authorization["']?\s*[:=]\s*["']/i],
  [
    "the HTTP client's request",
    /"_header"|"_currentRequest"|"(?:config|request)"\s*:\s*\{[^}]*"(?:headers|baseURL|url|method)"/,
  ],
  [
    'a stack trace',
    /\bat (?:async )?(?:[\w$.<>[\] ]+ )?\(?(?:file:\/\/|node:|[A-Za-z]:\\|\/)[^\s)]*:\d+:\d+|\.java:\d+\)|Traceback \(most recent call last\)|goroutine \d+ \[|\bFile "[^"]+", line \d+/,
  ],
  [
    "an exception's class",
    /\b(?:java|javax|jakarta|kotlin|scala|org|com|io)(?:\.\w+)+(?:Exception|Error)\b|\b[A-Z]\w+Error\((?:\d+, )?["']|<[\w.]+ object at 0x[0-9a-f]+>/,
  ],
  [
    'a file path',
    /(?:\/(?:home|srv|usr|var|opt|root|tmp|app|workspace)\/[\w@./-]*\.(?:[cm]?[jt]sx?|go|py|rb|java|cs|php|rs)\b)|node_modules\//,
  ],
]

/** Names the internals of a server that a text for the browser shows: stack, paths, request dumps, addresses of upstream hosts. */
export function internalsIn(text: string, upstreamHosts: readonly string[]): string[] {
  const found = PATTERNS.filter(([, pattern]) => pattern.test(text)).map(
    ([what]) => `${what}: ${around(text, PATTERNS.find(([name]) => name === what)?.[1])}`,
  )
  const hosts = upstreamHosts
    .filter((host) => text.includes(host) || hasApart(text, host))
    .map((host) => `the upstream host ${host}`)
  return [...found, ...new Set(hosts)]
}

/** Whether a text says name and port of a host one after the other, as in "host='127.0.0.1', port=3000". */
function hasApart(text: string, host: string): boolean {
  const [, name = '', port = ''] = /^(.+):(\d+)$/.exec(host) ?? []
  if (name === '') return false
  const escaped = name.replace(/[^\w]/g, '\\$&')
  return new RegExp(`${escaped}[^\\d\\n]{1,20}${port}(?!\\d)`).test(text)
}

/** What fits, cut short; a token is not shown beyond its first characters. */
const around = (text: string, pattern: RegExp | undefined) =>
  pattern === undefined
    ? ''
    : (pattern.exec(text)?.[0] ?? '').replace(/(\bBearer\s+\S{4})\S+/gi, '$1…').slice(0, 120)
