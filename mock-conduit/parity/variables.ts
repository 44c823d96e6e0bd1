import { NotApplicable, refuseUnknownKeys } from './not-applicable.ts'
import type { Derivation, Json } from './recording.ts'

/** The variables of one scenario, in the order they were defined: of two with one value the first names it. */
export class Variables {
  readonly #values = new Map<string, string>()

  constructor(initial: Record<string, string>) {
    for (const [name, value] of Object.entries(initial)) this.set(name, value)
  }

  set(name: string, value: string): void {
    this.#values.delete(name)
    this.#values.set(name, value)
  }

  entries(): [name: string, value: string][] {
    return [...this.#values]
  }

  /** Fills `{{name}}`, `{{b64:name}}` and `{{enc:name}}`; throws `NotApplicable` for a name that nothing has set. */
  fill(template: string): string {
    return template.replace(
      /\{\{(?:(b64|enc):)?([^{}]+)\}\}/g,
      (_whole, how: string | undefined, name: string) => {
        const value = this.#values.get(name)
        if (value === undefined)
          throw new NotApplicable(`{{${name}}} is used, and nothing has set it`)
        if (how === 'b64') return Buffer.from(value).toString('base64')
        return how === 'enc' ? encodeURIComponent(value) : value
      },
    )
  }

  fillJson(value: Json): Json {
    if (typeof value === 'string') return this.fill(value)
    if (Array.isArray(value)) return value.map((each) => this.fillJson(each))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [this.fill(key), this.fillJson(each)]),
    )
  }
}

const derivationKeys = [
  'from',
  'jwtPart',
  'path',
  'regex',
  'replace',
  'reverse',
  'upper',
  'urlPath',
]

/** What a derivation comes to. */
export interface Derived {
  value: string
  /** How the recording shows it: an object by its sorted keys. */
  shown: Json
  /** `regex` or `replace` left the text as it was: a signature that was to be spoilt may begin with just the spoilt digits. */
  changedNothing: boolean
}

export function derive(spec: Derivation, variables: Variables): Derived {
  refuseUnknownKeys('derivation', spec, derivationKeys)
  let value: Json = variables.fill(spec.from)
  if (spec.jwtPart !== undefined) value = jwtPart(value, spec.jwtPart)
  if (spec.path !== undefined) value = pick(value, spec.path)
  const whole = value
  const before = typeof value === 'string' ? value : JSON.stringify(value)
  let text = before
  for (const [pattern, replacement] of spec.regex ?? [])
    text = text.replace(
      new RegExp(pattern, 'g'),
      replacement.replace(/\$/g, '$$$$').replace(/\\(\d)/g, '$$$1'),
    )
  for (const [from, to] of spec.replace ?? [])
    text = text.replaceAll(variables.fill(from), variables.fill(to))
  const changedNothing = (spec.regex ?? spec.replace) !== undefined && text === before
  if (spec.reverse) text = Array.from(text).reverse().join('')
  if (spec.upper) text = text.toUpperCase()
  if (spec.urlPath) text = new URL(text).pathname
  const shown = typeof whole === 'string' ? text : shownForm(whole, spec)
  return { value: text, shown, changedNothing }
}

function shownForm(value: Json, spec: Derivation): Json {
  const keysOnly =
    typeof value === 'object' && value !== null && !Array.isArray(value) && spec.jwtPart === 1
  return keysOnly ? Object.keys(value).sort() : value
}

function jwtPart(token: string, part: number): Json {
  return JSON.parse(Buffer.from(token.split('.')[part] ?? '', 'base64url').toString('utf8')) as Json
}

/** `.a.b[0].c` below a value; also used for captures (`$.a`). */
export function pick(value: Json, path: string): Json {
  let at: Json = value
  for (const [, key, index] of path.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)) {
    if (typeof at !== 'object' || at === null) return null
    at = (Array.isArray(at) ? at[Number(index ?? key)] : at[key ?? index ?? '']) ?? null
  }
  return at
}
