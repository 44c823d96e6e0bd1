/**
 * The generator of `java.util.Random` (and of drand48): 48 bits of state, of which each number shows the upper 32. The state is kept
 * in two halves, whose products a double holds exactly.
 */
const MULTIPLIER = 0x5deece66dn
const [UPPER, LOWER] = [0x5de, 0xece66d]
const INCREMENT = 0xb
const HALF_BITS = 24n
const HALF = 2 ** 24
const HIDDEN = 2 ** 16

/** `%` is far slower for what is no 32-bit integer. */
const halfOf = (sum: number) => sum - Math.floor(sum / HALF) * HALF
const lowAfter = (low: number) => halfOf(low * LOWER + INCREMENT)
const highAfter = (high: number, low: number) =>
  halfOf(high * LOWER + low * UPPER + Math.floor((low * LOWER + INCREMENT) / HALF))
const shownOf = (high: number, low: number) => high * 256 + Math.floor(low / HIDDEN)

/** `count` numbers of 32 bits that follow a state. */
export function linearNumbers(seed: bigint, count: number): number[] {
  const start = BigInt.asUintN(48, seed ^ MULTIPLIER)
  let [high, low] = [Number(start >> HALF_BITS), Number(BigInt.asUintN(24, start))]
  return Array.from({ length: count }, () => {
    ;[high, low] = [highAfter(high, low), lowAfter(low)]
    return shownOf(high, low)
  })
}

/** Whether bytes are what such a generator gives in a row: who has one such value computes all that come after it. Three numbers in a row are no coincidence: 48 bits of chance. */
export function isLinear(bytes: Buffer): boolean {
  const readings = [(at: number) => bytes.readUInt32LE(at), (at: number) => bytes.readUInt32BE(at)]
  return (
    bytes.length >= 12 && readings.some((read) => [0, 1, 2, 3].some((at) => fits(bytes, at, read)))
  )
}

/** Tries the 16 bits that the first number does not show. */
function fits(bytes: Buffer, from: number, read: (at: number) => number): boolean {
  if (bytes.length < from + 12) return false
  const [first = 0, second, third] = [from, from + 4, from + 8].map(read)
  const high = Math.floor(first / 256)
  for (let hidden = 0; hidden < HIDDEN; hidden += 1) {
    const low = (first % 256) * HIDDEN + hidden
    const [nextHigh, nextLow] = [highAfter(high, low), lowAfter(low)]
    if (shownOf(nextHigh, nextLow) !== second) continue
    if (shownOf(highAfter(nextHigh, nextLow), lowAfter(nextLow)) === third) return true
  }
  return false
}

/** What the long pieces of a text are as hexadecimal or Base64. */
export function bytesIn(text: string): Buffer[] {
  return (text.match(/[\w+/-]{16,}/g) ?? []).flatMap((piece) => [
    ...(/^[0-9a-f]+$/i.test(piece) ? [Buffer.from(piece, 'hex')] : []),
    Buffer.from(piece, 'base64url'),
  ])
}
