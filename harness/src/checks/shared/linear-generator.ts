/** The generator of `java.util.Random` (and of drand48): 48 bits of state, of which each number shows the upper 32. */
const MULTIPLIER = 0x5deece66dn
const INCREMENT = 0xbn
const STATE = (1n << 48n) - 1n
const HIDDEN_BITS = 16n

const following = (state: bigint) => (state * MULTIPLIER + INCREMENT) & STATE

/** `count` numbers of 32 bits that follow a state. */
export function linearNumbers(seed: bigint, count: number): number[] {
  const numbers: number[] = []
  let state = (seed ^ MULTIPLIER) & STATE
  for (let made = 0; made < count; made += 1) {
    state = following(state)
    numbers.push(Number(state >> HIDDEN_BITS))
  }
  return numbers
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
  const [first, second, third] = [from, from + 4, from + 8].map((at) => BigInt(read(at)))
  const shown = (first ?? 0n) << HIDDEN_BITS
  for (let hidden = 0n; hidden < 1n << HIDDEN_BITS; hidden += 1n) {
    const next = following(shown | hidden)
    if (next >> HIDDEN_BITS === second && following(next) >> HIDDEN_BITS === third) return true
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
