import type { Column } from './schema-model.ts'
import { isFields } from '../is-object.ts'

type CompareValues = (a: unknown, b: unknown) => number

const collator = new Intl.Collator('en')

/** The order that PostgreSQL gives the values of a column, nulls last; of a path into JSON (no column) the order of texts and numbers. */
export function compareColumn(column: Column | undefined): CompareValues {
  if (column?.type === 'JSON' && !column.array) return nullsLast(compareDocuments)
  if (column && ['BIGINT', 'DECIMAL'].includes(column.sqlType ?? ''))
    return nullsLast(compareNumbers)
  return nullsLast(column?.array === true ? compareArrays : compareScalars)
}

function nullsLast(compare: CompareValues): CompareValues {
  return (a, b) => {
    const [noA, noB] = [a === null || a === undefined, b === null || b === undefined]
    return noA || noB ? Number(noA) - Number(noB) : compare(a, b)
  }
}

function compareNumbers(a: unknown, b: unknown): number {
  return Number(a) - Number(b)
}

function compareScalars(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return compareFloats(a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  return compareTexts(textOf(a), textOf(b))
}

/** NaN equals itself and comes after every number, infinity too. Source: PostgreSQL 15, utils/adt/float.c (float8_cmp_internal). */
function compareFloats(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) ? 1 : -1
  return a < b ? -1 : 1
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function compareTexts(a: string, b: string): number {
  return collator.compare(a, b) || compareBytes(a, b)
}

function compareBytes(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/** Item by item; of two that begin alike the shorter comes first. Source: PostgreSQL 15, utils/adt/arrayfuncs.c (array_cmp). */
function compareArrays(a: unknown, b: unknown): number {
  const [listA, listB] = [listOf(a), listOf(b)]
  const differing = listA.findIndex(
    (item, at) => at < listB.length && compareScalars(item, listB[at]) !== 0,
  )
  if (differing >= 0) return compareScalars(listA[differing], listB[differing])
  return listA.length - listB.length
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value]
}

/** A list without items comes before every other document, a quirk that PostgreSQL keeps; within a document it is a list as any. */
function compareDocuments(a: unknown, b: unknown): number {
  return Number(isEmptyList(b)) - Number(isEmptyList(a)) || compareJson(a, b)
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

/** jsonb's order: by kind, then containers by size and then by content. Source: PostgreSQL 15, utils/adt/jsonb_util.c (compareJsonbContainers). */
function compareJson(a: unknown, b: unknown): number {
  const kinds = kindOf(a) - kindOf(b)
  if (kinds !== 0) return kinds
  if (Array.isArray(a) && Array.isArray(b)) return a.length - b.length || firstOf(a, b, compareJson)
  if (!isFields(a) || !isFields(b)) return compareScalars(a, b)
  const [pairsA, pairsB] = [pairsOf(a), pairsOf(b)]
  return pairsA.length - pairsB.length || firstOf(pairsA, pairsB, comparePairs)
}

const kinds = ['null', 'string', 'number', 'boolean', 'array', 'object']

function kindOf(value: unknown): number {
  if (Array.isArray(value)) return kinds.indexOf('array')
  return kinds.indexOf(value === null ? 'null' : typeof value)
}

function firstOf<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): number {
  for (const [at, item] of a.entries()) {
    const other = b[at]
    const order = other === undefined ? 1 : compare(item, other)
    if (order !== 0) return order
  }
  return 0
}

type Pair = [key: string, value: unknown]

function pairsOf(value: object): Pair[] {
  return Object.entries(value).sort(([a], [b]) => compareKeys(a, b))
}

/** The order in which jsonb keeps the keys of an object. */
export function compareKeys(a: string, b: string): number {
  return Buffer.byteLength(a) - Buffer.byteLength(b) || compareBytes(a, b)
}

function comparePairs([keyA, valueA]: Pair, [keyB, valueB]: Pair): number {
  return compareTexts(keyA, keyB) || compareJson(valueA, valueB)
}
