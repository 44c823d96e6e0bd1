/** What the pages of a site say about its routes. */
export interface PageHints {
  /** Pages that answered with HTML. */
  pages: string[]
  /** Paths of forms with a password field, and the names of their fields. */
  loginForms: { path: string; user: string; password: string }[]
  /** Every path of the site that its pages and their scripts name. */
  paths: string[]
  /** Headers of the site's own that its scripts send, with the value where it is written there. */
  headers: { name: string; value: string | undefined }[]
}

const FORM = /<form\b([^>]*)>([^]*?)<\/form>/gi
const INPUT = /<input\b[^>]*>/gi
const PATH = /["'`](\/[a-z0-9][\w\-./{}$]*)["'`?]/gi
const LINK = /<a\b[^>]*\bhref\s*=\s*["']?(\/[^"'?#\s>]*)/gi
const SCRIPT = /<script\b[^>]*\bsrc\s*=\s*["']?(\/[^"'\s>]+)/gi
/** `'x-csrf': '1'`, `"X-CSRF", token`: a name, and what follows it. */
const HEADER = /["'`](x-[\w-]+)["'`]\s*[:,]\s*(?:["'`]([^"'`\n]*)["'`])?/gi

/** `'/media/' + id + '/raw'`, and what a program wraps the id in. */
const JOINED =
  /["'`](\/[\w\-./]*\/)["'`]\s*\+\s*[\w.]+(?:\([\w.]*\))?(?:\s*\+\s*["'`]([\w\-./]+)["'`])?/g
/** Where a script takes the browser. */
const LEAD =
  /(?:location(?:\.href)?\s*=\s*|\b(?:assign|replace|push|navigate)\(\s*)["'`](\/[^"'`?#$]*)/g

const attribute = (tag: string, name: string) =>
  new RegExp(`\\b${name}\\s*=\\s*["']?([^"'\\s>]*)`, 'i').exec(tag)?.[1]

/** Forms of a page that ask for a password; `at` is the page's own path. */
export function loginForms(html: string, at: string): PageHints['loginForms'] {
  return [...html.matchAll(FORM)].flatMap(([, tag = '', content = '']) => {
    const inputs = content.match(INPUT) ?? []
    const password = inputs.find((each) => attribute(each, 'type') === 'password')
    const user = inputs.find((each) => /^(email|text)?$/.test(attribute(each, 'type') ?? ''))
    const names = [user, password].map(
      (each) => each && (attribute(each, 'name') ?? attribute(each, 'id')),
    )
    const [userName, passwordName] = names
    if (userName === undefined || passwordName === undefined) return []
    const action = attribute(tag, 'action')
    const path = action?.startsWith('/') ? action : at
    return [{ path, user: userName, password: passwordName }]
  })
}

/** Paths that a page or a script names; templates such as `/api/files/${id}` end before the first of their holes. */
export const namedPaths = (text: string): string[] => [
  ...new Set([
    ...[...text.matchAll(JOINED)].map(([, before = '', after = '']) => `${before}\${id}${after}`),
    ...[...text.matchAll(PATH)].flatMap(([, path = '']) =>
      /\.(js|css|png|svg|ico|map|woff2?)$/.test(path) ? [] : [path],
    ),
  ]),
]

/** Headers that a script names, or that a hidden field of a form has a name like. */
export const namedHeaders = (text: string): PageHints['headers'] => [
  ...[...text.matchAll(HEADER)].map(([, name = '', value]) => ({ name, value })),
  ...(text.match(INPUT) ?? []).flatMap((input) => {
    const name = attribute(input, 'name')?.replace(/^_+/, '')
    return attribute(input, 'type') === 'hidden' && name !== undefined && /^[\w-]+$/.test(name)
      ? [{ name: `x-${name}`, value: undefined }]
      : []
  }),
]

/** Pages of the site that a page leads to, by its links or its script. */
export const linksOf = (text: string): string[] =>
  [...text.matchAll(LINK), ...text.matchAll(LEAD)].map(([, path = '']) => path)

/** Scripts of the site that a page loads. */
export const scriptsOf = (html: string): string[] =>
  [...html.matchAll(SCRIPT)].map(([, path = '']) => path)
