import { randomBytes } from 'node:crypto'

/** Values for `{{name}}` templates; a missing or undefined name is a problem of the target file. */
export type TemplateValues = Readonly<Record<string, string | undefined>>

/** A template names something that the harness does not offer here. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

const TEMPLATE = /\{\{\s*([\w.]+)(?::(\d+))?\s*\}\}/g

/** Fills `{{user.email}}`, `{{id}}`, `{{nonce}}` …; `{{secret:48}}` is looked up as `secret`, cut or padded to 48 characters. */
export function fillText(text: string, values: TemplateValues): string {
  return text.replace(TEMPLATE, (_, name: string, length: string | undefined) => {
    const value = values[name]
    if (value === undefined)
      throw new TemplateError(`{{${name}}} is not known here; known are ${knownNames(values)}.`)
    return length === undefined ? value : stretch(value, Number(length))
  })
}

/** Names of the templates in a text. */
export const templatesIn = (text: string): string[] =>
  [...text.matchAll(TEMPLATE)].map(([, name = '']) => name)

/** Fills every string inside a JSON value; keys stay as they are. */
export function fillValue(value: unknown, values: TemplateValues): unknown {
  if (typeof value === 'string') return fillText(value, values)
  if (Array.isArray(value)) return value.map((each) => fillValue(each, values))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, fillValue(each, values)]),
    )
  return value
}

/** Whether `{{name…}}` occurs anywhere in the value. */
export function mentions(value: unknown, name: string): boolean {
  return new RegExp(`\\{\\{\\s*${name.replace('.', '\\.')}\\b`).test(JSON.stringify(value))
}

/** A high-entropy printable marker that occurs nowhere else. */
export const randomMarker = (bytes = 16): string => randomBytes(bytes).toString('hex')

const knownNames = (values: TemplateValues) =>
  Object.keys(values)
    .filter((name) => values[name] !== undefined)
    .map((name) => `{{${name}}}`)
    .join(', ')

const stretch = (value: string, length: number) => value.padEnd(length, value).slice(0, length)
