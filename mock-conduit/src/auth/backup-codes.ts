import { createHash } from 'node:crypto'
import type { World } from '../world/world.ts'

const CODES = 'TwoFactorBackUpCodes'
const COUNT = 10

const hash = (userId: string, code: string) =>
  createHash('sha256').update(userId).update(code).digest('hex')

/** Ten fresh codes `1234 5678` in place of the user's old ones; only hashes are kept. */
export function makeBackupCodes(world: World, userId: string): string[] {
  const four = () => String(1000 + (world.ids.bytes(4).readUInt32BE() % 9000))
  const codes = Array.from({ length: COUNT }, () => `${four()} ${four()}`)
  const hashes = codes.map((code) => hash(userId, code.replace(' ', '')))
  world.store.table(CODES).replace({ _id: userId, user: userId, codes: hashes })
  return codes
}

/** Uses a code up; returns how many are left, `false` for a wrong one, undefined when the user has none. */
export function useBackupCode(
  world: World,
  userId: string,
  code: string,
): number | false | undefined {
  const row = world.store.table(CODES).get(userId)
  const hashes: unknown[] = Array.isArray(row?.['codes']) ? row['codes'] : []
  if (!row) return undefined
  const used = hashes.indexOf(hash(userId, code))
  if (used < 0) return false
  const left = hashes.filter((_, at) => at !== used)
  if (left.length === 0) world.store.table(CODES).delete(userId)
  else world.store.table(CODES).replace({ ...row, codes: left })
  return left.length
}
