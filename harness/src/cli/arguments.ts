import { InvalidArgumentError } from 'commander'
import { levelSchema, profileSchema, type Level, type Profile } from '../verdict/verdict.ts'

/** A list option: words apart or with commas, and given more than once. */
export const collected = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  ...commaList(text),
]

/** `A,B` as two. */
export const commaList = (text: string): string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')

/** Profiles of a list option. */
export const profiles = (text: string, before: readonly Profile[] = []): Profile[] => [
  ...before,
  ...commaList(text).map((name) => oneOf(profileSchema.options, name.toLowerCase())),
]

/** Levels of a list option, in any letter case. */
export const levels = (text: string, before: readonly Level[] = []): Level[] => [
  ...before,
  ...commaList(text).map((name) => oneOf(levelSchema.options, name.toUpperCase())),
]

function oneOf<Name extends string>(names: readonly Name[], name: string): Name {
  const found = names.find((each) => each === name)
  if (found === undefined)
    throw new InvalidArgumentError(`Write one or more of ${names.join(', ')}.`)
  return found
}

/** A number of rounds. */
export function positive(text: string): number {
  const value = wholeNumber(text)
  if (value < 1) throw new InvalidArgumentError('Write a whole number from 1.')
  return value
}

/** A seed. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 0.')
  return Number(text)
}

/** `NAME=value` pairs of a list option. */
export function assignments(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Write NAME=value.')
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) }
}

/** A day, `YYYY-MM-DD`. */
export function day(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('Write a day as YYYY-MM-DD.')
  return text
}
