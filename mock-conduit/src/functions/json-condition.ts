import { isObject } from '../is-object.ts'
/** An object as a condition on a JSON column: every path of it must lead to its value, compared as text, a number or a boolean after a cast. Source: sequelize 6, lib/dialects/abstract/query-generator.js (_whereJSON, _traverseJSON). */
export function jsonHolds(wanted: Record<string, unknown>): (held: unknown) => boolean {
  const tests = leaves(wanted, []).map(([path, value]) => leafTest(path, value))
  return (held) => tests.every((test) => test(held))
}

type PathValue = [path: readonly string[], value: unknown]

function leaves(value: Record<string, unknown>, path: readonly string[]): PathValue[] {
  return Object.entries(value).flatMap(([key, each]): PathValue[] => {
    const at = [...path, key]
    return isObject(each) ? leaves(each, at) : [[at, each]]
  })
}

function leafTest(path: readonly string[], value: unknown): (held: unknown) => boolean {
  return (held) => {
    const text = textAt(held, path)
    if (value === null || value === undefined) return text === undefined
    if (text === undefined) return false
    if (typeof value === 'number') return numberOf(text) === value
    if (typeof value === 'boolean') return booleanOf(text) === value
    return text === (typeof value === 'string' ? value : JSON.stringify(value))
  }
}

/** `#>>`: the text of what stands at a path; nothing for null and for no such place. */
function textAt(held: unknown, path: readonly string[]): string | undefined {
  let at: unknown = held
  for (const key of path)
    at =
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? Object.entries(at).find(([name]) => name === key)?.[1]
        : undefined
  if (at === null || at === undefined) return undefined
  return typeof at === 'string' ? at : jsonText(at)
}

/** JSON as jsonb writes it, with a space after each comma and colon. */
function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const pairs = Object.entries(value).map(
    ([key, each]) => `${JSON.stringify(key)}: ${jsonText(each)}`,
  )
  return `{${pairs.join(', ')}}`
}

function numberOf(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isNaN(number))
    throw new Error(`invalid input syntax for type double precision: "${text}"`)
  return number
}

function booleanOf(text: string): boolean {
  const word = text.trim().toLowerCase()
  if (['true', 't', '1'].includes(word)) return true
  if (['false', 'f', '0'].includes(word)) return false
  throw new Error(`invalid input syntax for type boolean: "${text}"`)
}
