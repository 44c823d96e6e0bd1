import { compareBy, parseSort, requirePage } from '../database/page.ts'
import type { SchemaModel } from '../database/schema-model.ts'
import type { Row } from '../wire/route.ts'

interface Wish {
  search?: unknown
  sort?: unknown
  skip?: unknown
  limit?: unknown
}

/** Largest number of a gRPC message's `int32`. */
const INT32_MAX = 2 ** 31 - 1

/** A search by something that looks like a MongoDB id looks for that id; PostgreSQL's ids never look like it. Source: A/utils/index.ts:205-214. */
export function looksLikeObjectId(search: unknown): boolean {
  return typeof search === 'string' && /^[a-f\d]{24}$/i.test(search)
}

/** Rows with `search` in a field (letter case counts on PostgreSQL; a row without the field has nothing in it), in the order of `sort`. Source: A/utils/index.ts:198-263. */
export function searched(
  rows: readonly Row[],
  { field, model }: { field: 'name' | 'email'; model: SchemaModel },
  { search, sort }: Wish,
): Row[] {
  const wanted = typeof search === 'string' ? asPostgresReads(search) : undefined
  const found = rows.filter((row) => {
    const text = row[field]
    return wanted === undefined || (typeof text === 'string' && text.includes(wanted))
  })
  return typeof sort === 'string' ? found.sort(compareBy(model, parseSort([sort]))) : found
}

/** Conduit escapes a dash as `\x2d`, and PostgreSQL takes the hexadecimal digits that follow for more of the same number. Source: package escape-string-regexp; PostgreSQL 15, regex/regc_lex.c (lexdigits). */
function asPostgresReads(search: string): string {
  return search.replace(/-([\da-f]+)/gi, (_, digits: string) => {
    const code = Number(BigInt.asUintN(32, BigInt(`0x2d${digits}`)))
    if (code > 0x7f_ff_ff_fe)
      throw new Error('invalid regular expression: invalid escape \\ sequence')
    return code > 0x10_ff_ff ? '\0' : String.fromCodePoint(code)
  })
}

/** One page of members; Conduit's default is 25 from the start. */
export function memberPage(rows: readonly Row[], wish: Wish): Row[] {
  return cut(rows, wish)
}

/** One page of relations: the authorization module asks the database for it, and its errors say so. Source: MT/helpers/wrapGrpcFunctions.ts:43-52. */
export function relationPage<T>(relations: readonly T[], wish: Wish): T[] {
  return cut(relations, wish, '/database.DatabaseProvider/findMany INTERNAL: ')
}

function cut<T>(items: readonly T[], { skip = 0, limit = 25 }: Wish, prefix = ''): T[] {
  for (const each of [skip, limit]) requireInt32(Number(each))
  try {
    const page = requirePage({ skip, limit }, Math.trunc)
    return items.slice(page.skip, page.skip + page.limit)
  } catch (error) {
    throw error instanceof Error ? new Error(prefix + error.message) : error
  }
}

/** A number that a gRPC message cannot hold is refused before it is sent. Source: package @bufbuild/protobuf (assertInt32), @grpc/grpc-js (client-interceptors). */
function requireInt32(value: number): void {
  if (!Number.isInteger(value) || value > INT32_MAX || value < -INT32_MAX - 1)
    throw new Error(`Request message serialization failure: invalid int32: ${value}`)
}
