/** Files that list the others, by the habits of bundlers and frameworks. */
export const WELL_KNOWN: readonly string[] = [
  '/asset-manifest.json',
  '/build-manifest.json',
  '/manifest.json',
  '/.vite/manifest.json',
  '/_next/build-manifest.json',
  '/_next/static/chunks/webpack.js',
  '/sw.js',
  '/service-worker.js',
  '/workbox-config.js',
]

const QUOTED_FILE = /["'`]([^"'`\s<>{}()]{1,300}?\.(?:m?js|json))["'`?]/g
const ESCAPED_QUOTED_FILE = /\\"([^"\\\s<>]{1,300}?\.m?js)\\"/g
/** `"static/chunks/" + {12: "ab34"}[id] + ".js"`: webpack's own way to name a lazy chunk. */
const CHUNK_NAME =
  /"((?:[\w./-]*\/)?)"\+\(?(?:\{[^{}]*\}\[\w+\]\|\|)?(\w+)?\)?[^;{}]{0,40}\+?(\{[^{}]{3,20000}\})\[\w+\]\+"([\w.-]*\.js)"/g
const PAIR = /["']?([\w~-]+)["']?:"([\w-]+)"/g

/** Paths of files that a script, manifest or page names; some may not exist. */
export function referredFiles(from: string, text: string): string[] {
  const names = new Set<string>()
  for (const match of text.matchAll(QUOTED_FILE)) names.add(match[1] ?? '')
  for (const match of text.matchAll(ESCAPED_QUOTED_FILE)) names.add(match[1] ?? '')
  for (const match of text.matchAll(CHUNK_NAME))
    for (const [, id = '', hash = ''] of (match[3] ?? '').matchAll(PAIR))
      for (const name of [`${id}.${hash}`, `${id}-${hash}`, hash])
        names.add(`${match[1] ?? ''}${name}${match[4] ?? ''}`)
  return [...names].flatMap((name) => pathsOf(name, from))
}

/** A name may be relative to the file, to the site, or to where a framework serves its assets. */
function pathsOf(name: string, from: string): string[] {
  if (/^[a-z][\w+.-]*:/i.test(name) || name.startsWith('//')) return sameSite(name)
  if (name.startsWith('/')) return [name]
  const base = `http://app${from}`
  if (!URL.canParse(name, base)) return []
  const paths = [new URL(name, base).pathname]
  if (!name.startsWith('.')) {
    paths.push(`/${name}`)
    if (name.startsWith('static/')) paths.push(`/_next/${name}`)
  }
  return [...new Set(paths)]
}

/** Absolute URLs are followed by their path alone: what other hosts serve is not the application's. */
const sameSite = (url: string): string[] =>
  /^https?:\/\/(app\.test|localhost|127\.)/.test(url) && URL.canParse(url)
    ? [new URL(url).pathname]
    : []
