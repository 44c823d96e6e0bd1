import { type Draw, piecesOf, readings } from './math-random-readings.ts'

/**
 * `Math.random` of V8 (Node, Chromium) is xorshift128+ without the addition: the upper bits of one half of a state of 128
 * bits. Every bit of every number is a sum of bits of the state modulo 2, so numbers in a row that have more bits than the
 * state agree with one state only when they come from it. V8 makes 64 numbers at once and gives them out last first.
 * Source: v8/src/numbers/math-random.cc, v8/src/base/utils/random-number-generator.h.
 */
const BLOCK = 64
/** Numbers that something else may have drawn between two ids. */
const MOST_BETWEEN = 96
const MOST_PER_ID = 64
const LONGEST = 4 * BLOCK + MOST_BETWEEN + 2 * MOST_PER_ID
/** So many bits more than the state has agree by chance once in 2⁴⁸ tries. */
const BEYOND_CHANCE = 48
/** Doubles of the bounds are exact so far. */
const MOST_BITS = 48
const IDS = 4
/** Runs are looked for from the first and from the third id on, should the first two have come with something between. */
const STARTS = [0, 2]

/** Whether ids that were given out one after another are numbers of `Math.random`: who has two of them computes those of everybody else. */
export function isMathRandom(values: readonly string[]): boolean {
  const pieces = values.map(piecesOf)
  const most = Math.max(0, ...pieces.map(({ length }) => length))
  return Array.from({ length: most }, (_, at) => pieces.map((each) => each[at] ?? '')).some(
    (texts) =>
      readings.some((reading) => {
        const ids = texts.map((text) => reading(text).map((draws) => draws.map(leadingBits)))
        return STARTS.some((from) => isOneRun(ids.slice(from, from + IDS)))
      }),
  )
}

/** The bits of a number that are the same all over the range. */
function leadingBits([low, high]: Draw): number[] {
  const bits: number[] = []
  for (let place = 1; place <= MOST_BITS; place += 1) {
    const scale = 2 ** place
    const bit = Math.floor(low * scale)
    if (bit !== Math.ceil(high * scale) - 1) break
    bits.push(bit % 2)
  }
  return bits
}

type Bits = readonly (readonly number[])[]

/** Tries where in a block of V8 the first id began, how the ids are to be cut, and how many numbers lie between two. */
function isOneRun(ids: readonly (readonly Bits[])[]): boolean {
  const [first = [], ...later] = ids
  for (const draws of first.filter(({ length }) => length <= MOST_PER_ID))
    for (let at = 0; at < BLOCK; at += 1) {
      const equations = agreeing(new Equations(), draws, at)
      if (!equations) continue
      for (let between = 0; between <= MOST_BETWEEN; between += 1)
        if (goOn(equations, later, { at: at + draws.length, between })) return true
    }
  return false
}

function goOn(
  equations: Equations,
  ids: readonly (readonly Bits[])[],
  { at, between }: { at: number; between: number },
): boolean {
  if (equations.agreed >= BEYOND_CHANCE) return true
  const [next = [], ...later] = ids
  const from = at + between
  return next.some((draws) => {
    if (from + draws.length > LONGEST - BLOCK) return false
    const further = agreeing(equations.copy(), draws, from)
    return further !== undefined && goOn(further, later, { at: from + draws.length, between })
  })
}

/** The equations with those of further numbers, unless they contradict. */
function agreeing(equations: Equations, draws: Bits, from: number): Equations | undefined {
  for (const [at, bits] of draws.entries())
    for (const [place, bit] of bits.entries())
      if (!equations.add(sums(from + at, place), bit)) return undefined
  return equations
}

const WORDS = 4
/** Bits of the first state whose sum a bit is: four words of 32. */
type Sum = Int32Array<ArrayBuffer>

/** Linear equations modulo 2 in the 128 bits of a state. */
class Equations {
  readonly #rows: (Sum | undefined)[]
  readonly #values: number[]
  /** How many said what the others say already. */
  agreed: number

  constructor(rows: (Sum | undefined)[] = [], values: number[] = [], agreed = 0) {
    this.#rows = rows
    this.#values = values
    this.agreed = agreed
  }

  copy = () => new Equations([...this.#rows], [...this.#values], this.agreed)

  /** False when it contradicts the others. */
  add(sum: Sum, value: number): boolean {
    const row = Int32Array.from(sum)
    let rest = value
    for (let word = 0; word < WORDS; word += 1)
      for (let bits = row[word] ?? 0; bits !== 0; bits = row[word] ?? 0) {
        const pivot = 32 * word + Math.clz32(bits)
        const known = this.#rows[pivot]
        if (!known) {
          this.#rows[pivot] = row
          this.#values[pivot] = rest
          return true
        }
        for (let other = word; other < WORDS; other += 1)
          row[other] = (row[other] ?? 0) ^ (known[other] ?? 0)
        rest ^= this.#values[pivot] ?? 0
      }
    if (rest !== 0) return false
    this.agreed += 1
    return true
  }
}

/** The sum that a bit of the `call`th number is; place 0 is the uppermost. */
function sums(call: number, place: number): Sum {
  made ??= allSums()
  const inOrder = call - (call % BLOCK) + (BLOCK - 1 - (call % BLOCK))
  return made[inOrder]?.[place] ?? new Int32Array(WORDS)
}

let made: Sum[][] | undefined

/** Runs the generator on sums in place of bits. A half of the state is 64 sums, the uppermost bit first. */
function allSums(): Sum[][] {
  const unknown = (from: number) =>
    Array.from({ length: 64 }, (_, at) => {
      const sum = new Int32Array(WORDS)
      sum[(from + at) >> 5] = 1 << (31 - ((from + at) & 31))
      return sum
    })
  let [first, second] = [unknown(0), unknown(64)]
  const all: Sum[][] = []
  for (let count = 0; count < LONGEST; count += 1) {
    const old = second
    const left = plus(first, (at) => first[at + 23])
    const right = plus(left, (at) => left[at - 17])
    const mixed = plus(right, (at) => old[at])
    ;[first, second] = [old, plus(mixed, (at) => old[at - 26])]
    all.push(first)
  }
  return all
}

const plus = (sums: Sum[], other: (at: number) => Sum | undefined): Sum[] =>
  sums.map((sum, at) => {
    const added = other(at)
    return added ? sum.map((word, index) => word ^ (added[index] ?? 0)) : sum
  })
