/** What node's old `url.parse` escapes. */
const odd = /[\t\n\r "'<>\\^`{|}]/g

const origin = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i

/**
 * Path and query of a request target, as package parseurl 1.3.3 reads them: of a whole URL the path only; with a `#` what
 * follows it is cut off and odd characters before it are escaped, a backslash in the path is a slash; without one all
 * stays as it was sent.
 */
export function splitTarget(target: string): { path: string; query: string } {
  if (!target.startsWith('/') && origin.test(target)) return splitUrl(target.replace(origin, ''))
  const hash = target.indexOf('#')
  const sent = hash < 0 ? target : target.slice(0, hash)
  const at = sent.indexOf('?')
  const [path, query] = at < 0 ? [sent, ''] : [sent.slice(0, at), sent.slice(at + 1)]
  return hash < 0
    ? { path, query }
    : { path: path.replaceAll('\\', '/').replace(odd, escaped), query: query.replace(odd, escaped) }
}

/** What stands behind the host of a URL; node's `url.parse` reads it as it reads a target with a `#`. */
function splitUrl(rest: string): { path: string; query: string } {
  return splitTarget(`${rest.startsWith('/') ? '' : '/'}${rest.split('#', 1)[0] ?? ''}#`)
}

function escaped(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
