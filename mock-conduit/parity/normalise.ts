import type { Json } from './recording.ts'
import type { Variables } from './variables.ts'

const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{24}\b/gi
const isoDate = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})/g
const httpDate =
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT/g

/** Shorter values (true, a count) say nothing and would replace by accident. */
const SHORTEST_VALUE = 6

/** Placeholders that stand for something of no fixed length or text. */
const placeholder =
  /\{\{[^{}]+\}\}|<(?:jwt|refresh-token|enc-refresh-token|bcrypt|sig|ms|date|http-date|id|etag|stack)>/

/** Makes answers of two runs comparable, in FORMAT.md's order; `source` is the scenario's text, whose literals stay. */
export class Normaliser {
  readonly #variables: Variables
  readonly #source: string

  constructor(variables: Variables, source: string) {
    this.#variables = variables
    this.#source = source
  }

  text(text: string): string {
    const keepLiterals = (mark: string) => (found: string) =>
      this.#source.includes(found) ? found : mark
    return this.#named(text)
      .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<jwt>')
      .replace(/(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{86}==/g, '<refresh-token>')
      .replace(/(?<![A-Za-z0-9%])(?:[A-Za-z0-9]|%2B|%2F){86}%3D%3D/g, '<enc-refresh-token>')
      .replace(/\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}/g, '<bcrypt>')
      .replace(/sig=[0-9a-f]+/g, 'sig=<sig>')
      .replace(/expires=\d{11,}/g, 'expires=<ms>')
      .replace(isoDate, keepLiterals('<date>'))
      .replace(httpDate, keepLiterals('<http-date>'))
      .replace(uuid, keepLiterals('<id>'))
      .replace(/(?:<br> &nbsp; &nbsp;[^<]*)+(?=<\/pre>)/g, '<stack>')
  }

  json(value: Json): Json {
    if (typeof value === 'string') return this.text(value)
    if (Array.isArray(value)) return value.map((each) => this.json(each))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [this.text(key), this.json(each)]),
    )
  }

  header(name: string, value: string): string {
    const text = this.text(value)
    return name.toLowerCase() === 'etag' ? text.replace(/"[^"]*"/g, '"<etag>"') : text
  }

  /** Longest values first, so that a URL is named before the host within it; of equal ones the first defined. */
  #named(text: string): string {
    let named = text
    const seen = new Set<string>()
    const known = this.#variables.entries().filter(([, value]) => value.length >= SHORTEST_VALUE)
    for (const [name, value] of known.sort(([, a], [, b]) => b.length - a.length)) {
      if (seen.has(value)) continue
      seen.add(value)
      named = named.replaceAll(value, `{{${name}}}`)
    }
    return named
  }
}

/** Whether a recorded text or value holds anything that was normalised. */
export function holdsPlaceholder(value: Json): boolean {
  return placeholder.test(typeof value === 'string' ? value : JSON.stringify(value))
}
