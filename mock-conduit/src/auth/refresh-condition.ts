import { comparable } from '../functions/literal.ts'
import type { StoredToken, TokenStore } from './token-store.ts'

const column = { type: 'String', sqlType: undefined, array: false }

/**
 * The session that a refresh token asks for when it came as a JSON cookie. Conduit hands whatever it is to its database as a
 * condition: a list is any of its members, what is empty no condition at all, so the first session of whomever is found, and
 * of the operators only `$eq` and `$in` name tokens. The rest are PostgreSQL's refusals. Source: A/handlers/common.ts:28-36,
 * package cookie-parser 1.4 (JSONCookies); compared with a running Conduit at 4e203de84.
 */
export function refreshByCondition(
  tokens: TokenStore,
  asked: unknown,
  clientId: string,
): StoredToken | undefined {
  const members = membersOf(asked)
  if (members.length === 0 || members.some(isOpen)) return tokens.firstRefresh(clientId)
  const found = members
    .map((each) => comparable(column, each, '='))
    .flatMap((each) => (typeof each === 'string' ? (tokens.pick(each, clientId) ?? []) : []))
  return found.find(({ fate }) => fate === 'live') ?? found[0]
}

function membersOf(asked: unknown): readonly unknown[] {
  const { $in: among, $eq: one } = fieldsOf(asked)
  return [among ?? one ?? asked].flat()
}

/** Nothing that names a token: empty, or an operator that most tokens fulfil. */
function isOpen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const names = Object.keys(value)
  return names.every((name) => name.startsWith('$'))
}

function fieldsOf(value: unknown): Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
