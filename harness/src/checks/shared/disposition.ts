const TOKEN = String.raw`[!#$%&'*+.^_\`|~0-9A-Za-z-]+`
const QUOTED = String.raw`"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t \x21-\x7e\x80-\xff])*"`
const PARAMETER = new RegExp(String.raw`\s*;\s*(${TOKEN})\s*=\s*(${TOKEN}|${QUOTED})`, 'y')
const HEAD = new RegExp(String.raw`^\s*(${TOKEN})`)

/** Says what is wrong with a `Content-Disposition` by RFC 6266; undefined when nothing is. File names must be names, not paths. */
export function dispositionProblem(value: string): string | undefined {
  const head = HEAD.exec(value)
  if (!head) return 'no disposition type'
  const seen = new Map<string, string>()
  let at = head[0].length
  while (at < value.trimEnd().length) {
    PARAMETER.lastIndex = at
    const match = PARAMETER.exec(value)
    if (!match) return `not a parameter: ${value.slice(at, at + 40)}`
    const [whole, name = '', text = ''] = match
    if (seen.has(name.toLowerCase())) return `${name} twice`
    seen.set(name.toLowerCase(), unquoted(text))
    at += whole.length
  }
  return nameProblem(seen.get('filename')) ?? extendedProblem(seen.get('filename*'))
}

const unquoted = (text: string) =>
  text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text

const nameProblem = (name: string | undefined) =>
  name !== undefined && /[/\\]/.test(name) ? `a path as file name: ${name}` : undefined

/** `UTF-8''na%C3%AFve.txt` (RFC 8187). */
function extendedProblem(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const encoded = /^(?:utf-8|iso-8859-1)'[\w-]*'((?:%[0-9a-f]{2}|[\w!#$&+.^`|~-])*)$/i.exec(value)
  if (!encoded) return `filename* is no encoded value: ${value.slice(0, 40)}`
  const decoded = (encoded[1] ?? '').replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return /[\r\n\0]/.test(decoded) ? 'filename* holds a line end' : nameProblem(decoded)
}
