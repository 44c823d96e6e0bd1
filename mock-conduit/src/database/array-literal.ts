/** Refuses a list whose items are partly lists, in PostgreSQL's words: only lists of one length make a second dimension. Source: PostgreSQL 15, utils/adt/arrayfuncs.c (ArrayCount). */
export function requireRectangular(list: readonly unknown[]): void {
  const inner = list.filter((each) => Array.isArray(each))
  if (inner.length === 0) return
  const lengths = new Set(inner.map((each) => each.length))
  if (inner.length < list.length || lengths.size > 1)
    throw new Error(`malformed array literal: "${arrayText(list)}"`)
}

/** A list as pg writes it for a bound parameter. */
function arrayText(list: readonly unknown[]): string {
  return `{${list.map(itemText).join(',')}}`
}

function itemText(item: unknown): string {
  if (item === null || item === undefined) return 'NULL'
  if (Array.isArray(item)) return arrayText(item)
  const text = typeof item === 'string' ? item : JSON.stringify(item)
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`
}
