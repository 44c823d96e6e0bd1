/** A text to look for, and how many of its characters in a row count as found. */
export interface Needle<Subject> {
  text: string
  atLeast: number
  subject: Subject
}

/** A place where a needle, or enough of it, was found. */
export interface Found<Subject> {
  subject: Subject
  /** Position in the text searched. */
  at: number
  length: number
}

export interface NeedleIndex<Subject> {
  add(needle: Needle<Subject>): void
  /** Every subject found, once each. */
  search(text: string): Found<Subject>[]
}

const GRAM = 8
/** As many marks as keep one in fifty texts from being looked up for nothing when a run knows some thousand secrets. */
const MARKS = 1 << 22

interface Place<Subject> {
  needle: Needle<Subject>
  offset: number
}

/**
 * Finds long pieces of many needles in one pass. All 8-character grams of the needles are indexed, the text is sampled at every eighth
 * position: 16 characters in common always contain a sampled gram. A mark for each gram's hash tells nearly all samples apart before
 * one is cut out and looked up. Needles shorter than 15 characters are searched directly.
 */
export function createNeedleIndex<Subject>(): NeedleIndex<Subject> {
  const grams: Grams<Subject> = { places: new Map(), marks: new Uint8Array(MARKS) }
  const short: Needle<Subject>[] = []
  return {
    add(needle) {
      if (needle.atLeast < 2 * GRAM - 1) short.push(needle)
      else
        for (const offset of offsetsOf(needle))
          addPlace(grams, needle.text.slice(offset, offset + GRAM), { needle, offset })
    },
    search(text) {
      const found = new Map<Subject, Found<Subject>>()
      for (const needle of short) {
        const at = text.indexOf(needle.text)
        if (at >= 0)
          found.set(needle.subject, { subject: needle.subject, at, length: needle.text.length })
      }
      if (grams.places.size > 0) sample(text, grams, found)
      return [...found.values()]
    },
  }
}

/** A needle that must be met whole needs only its last grams: enough that the sampling cannot step over them. */
function offsetsOf(needle: Needle<unknown>): number[] {
  const last = needle.text.length - GRAM
  const first = needle.atLeast >= needle.text.length ? Math.max(0, last - GRAM + 1) : 0
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

interface Grams<Subject> {
  places: Map<string, Place<Subject>[]>
  marks: Uint8Array
}

function addPlace<Subject>(
  { places, marks }: Grams<Subject>,
  gram: string,
  place: Place<Subject>,
): void {
  marks[markOf(gram, 0)] = 1
  const known = places.get(gram)
  if (known) known.push(place)
  else places.set(gram, [place])
}

/** A hash of the gram at a position. */
function markOf(text: string, at: number): number {
  let hash = 0
  for (let index = at; index < at + GRAM; index += 1)
    hash = Math.imul(hash, 0x01_00_01_93) ^ text.charCodeAt(index)
  return (hash ^ (hash >>> 15)) & (MARKS - 1)
}

function sample<Subject>(
  text: string,
  { places, marks }: Grams<Subject>,
  found: Map<Subject, Found<Subject>>,
): void {
  for (let at = 0; at + GRAM <= text.length; at += GRAM) {
    if (marks[markOf(text, at)] === 0) continue
    for (const { needle, offset } of places.get(text.slice(at, at + GRAM)) ?? []) {
      if (found.has(needle.subject)) continue
      const [from, to] = extend(text, at, needle.text, offset)
      if (to - from >= needle.atLeast)
        found.set(needle.subject, { subject: needle.subject, at: from, length: to - from })
    }
  }
}

/** How far text and needle agree around a common gram. */
function extend(
  text: string,
  at: number,
  needle: string,
  offset: number,
): [from: number, to: number] {
  let before = 0
  while (before < at && before < offset && text[at - before - 1] === needle[offset - before - 1])
    before += 1
  let after = GRAM
  while (
    at + after < text.length &&
    offset + after < needle.length &&
    text[at + after] === needle[offset + after]
  )
    after += 1
  return [at - before, at + after]
}
