import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { base32Bytes, byteLists } from './byte-notations.ts'
import { alphabetOf, runsOf } from './character-runs.ts'

/** A text found inside another one, and the decoding steps that led to it (`raw` for the text itself). */
export interface View {
  form: string
  text: string
}

const MAX_DEPTH = 4
const MAX_VIEWS = 400
/** Bodies beyond this are searched as they are and reversed, without decoding. */
const DECODE_UP_TO = 2 * 1024 * 1024
const MAX_INFLATED = 4 * 1024 * 1024
/** Small, for most attempts to inflate fail at the first bytes. */
const CHUNK = 1024
const MOST_KEPT = 20_000
const MOST_RUNS = 200
const DIGITS = '0123456789'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const HEX = alphabetOf(`${DIGITS}abcdefABCDEF`)
/** Shorter ones hold no secret of 16 characters, nor the encoding of a shorter one. */
const SHORTEST_STRETCH = 8
const PRINTABLE = alphabetOf(
  `\t\n\r${Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')}`,
)
const BASE64 = alphabetOf(`${DIGITS}${LETTERS}${LETTERS.toUpperCase()}+/_-`)
const BASE32 = [LETTERS, LETTERS.toUpperCase()].map((letters) => alphabetOf(`${letters}234567`))
const LONGEST_KEPT = 1000

/** The text and everything that standard decoders make of it: percent, escapes, entities, base64 at any alignment, base32, hex, lists of bytes, compression, reversal. */
export function decodedViews(text: string): View[] {
  const views: View[] = [{ form: 'raw', text }]
  const seen = new Set([text])
  const push = (form: string, next: string) => {
    if (next.length < 16 || views.length >= MAX_VIEWS || seen.has(next)) return
    seen.add(next)
    views.push({ form, text: next })
  }
  push('reversed', reversed(text))
  if (text.length > DECODE_UP_TO) return views
  // The list grows while it is walked: what one decoder yields is given to all of them again.
  for (const view of views) {
    if (depthOf(view) > MAX_DEPTH) continue
    for (const [step, next] of stepsFrom(view.text))
      push(view.form === 'raw' ? step : `${view.form} > ${step}`, next)
  }
  return views
}

const depthOf = (view: View) => view.form.split(' > ').length

function* stepsFrom(whole: string): Generator<[step: string, text: string]> {
  if (whole.includes('\0')) yield ['NUL bytes removed', whole.replaceAll('\0', '')]
  const text = printableOf(whole)
  if (/%[0-9a-f]{2}/i.test(text))
    yield ['percent-decoded', text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => charOf(hex))]
  if (text.includes('\\')) yield ['unescaped', unescaped(text)]
  if (/&#?\w{1,8};/.test(text)) yield ['entities decoded', entitiesDecoded(text)]
  if (/[A-Za-z0-9+/=_-]\r?\n[A-Za-z0-9+/=_-]/.test(text))
    yield ['line breaks removed', text.replace(/\r?\n[ \t]*/g, '')]
  for (const [step, bytes] of byteLists(text))
    yield* once(`${step} ${latin1(bytes)}`, () => textsOf(step, bytes))
  for (const run of runsOf(text, HEX, { least: 32, most: MOST_RUNS }))
    yield* once(`hex ${run}`, () => hexDecoded(run))
  for (const alphabet of BASE32)
    for (const run of runsOf(text, alphabet, { least: 40, most: MOST_RUNS }))
      yield* once(`base32 ${run}`, () => textsOf('base32-decoded', base32Bytes(run)))
  for (const run of runsOf(text, BASE64, { least: 20, most: MOST_RUNS }))
    yield* once(`base64 ${run}`, () => base64Decoded(run))
}

/** What every encoding of text consists of; a picture has next to none of it. */
const printableOf = (text: string): string =>
  runsOf(text, PRINTABLE, { least: SHORTEST_STRETCH, most: Infinity }).join('\x01')

type Steps = readonly [step: string, text: string][]

/** What runs became, for pages repeat them from answer to answer, and trying four compressions costs most of a search. */
const decodedRuns = new Map<string, Steps>()

function once(key: string, decode: () => Iterable<[string, string]>): Steps {
  if (key.length > LONGEST_KEPT) return [...decode()]
  const known = decodedRuns.get(key)
  if (known !== undefined) return known
  if (decodedRuns.size >= MOST_KEPT) decodedRuns.clear()
  const steps = [...decode()]
  decodedRuns.set(key, steps)
  return steps
}

const charOf = (hex: string) => String.fromCharCode(Number.parseInt(hex, 16))
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const reversed = (text: string) => latin1(Buffer.from(text, 'latin1').reverse())

function unescaped(text: string): string {
  return text
    .replace(
      /\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi,
      (_, long?: string, four?: string, two?: string) =>
        String.fromCodePoint(Math.min(Number.parseInt(long ?? four ?? two ?? '0', 16), 0x10_ff_ff)),
    )
    .replace(/\\([/"'\\])/g, '$1')
}

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  plus: '+',
  equals: '=',
  sol: '/',
  period: '.',
  lowbar: '_',
}

function entitiesDecoded(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
    },
  )
}

function* hexDecoded(run: string): Generator<[string, string]> {
  for (const offset of [0, 1]) yield* textsOf('hex-decoded', Buffer.from(run.slice(offset), 'hex'))
}

/** Bytes as text, or what they are the compression of. */
function* textsOf(step: string, bytes: Buffer): Generator<[string, string]> {
  const decoded = latin1(bytes)
  if (isMostlyText(decoded)) yield [step, decoded]
  else for (const [next, plain] of inflated(bytes)) yield [`${step} > ${next}`, plain]
}

/** A run may begin with characters that are not part of the encoding, so all four alignments are tried. */
function* base64Decoded(run: string): Generator<[string, string]> {
  for (const offset of [0, 1, 2, 3]) {
    const bytes = Buffer.from(run.slice(offset), 'base64')
    const decoded = latin1(bytes)
    if (isMostlyText(decoded)) yield ['base64-decoded', decoded]
    else if (offset === 0)
      for (const [step, plain] of inflated(bytes)) yield [`base64-decoded > ${step}`, plain]
  }
}

/** Whether bytes hold a stretch of printable characters long enough to be (part of) a token, in one byte each or in two; binary noise is left alone. */
const isMostlyText = (text: string) => /[\x20-\x7e]{12,}|(?:[\x20-\x7e]\0){12,}/.test(text)

/** Each format, and whether bytes can begin it. Raw deflate has only its block type to go by; Brotli has nothing. Source: RFC 1950 §2.2, RFC 1951 §3.2.3, RFC 1952 §2.3.1. */
const INFLATORS: readonly {
  step: string
  inflate: (bytes: Buffer, options: { maxOutputLength: number; chunkSize: number }) => Buffer
  canBegin: (first: number, second: number) => boolean
}[] = [
  {
    step: 'gunzipped',
    inflate: gunzipSync,
    canBegin: (first, second) => first === 0x1f && second === 0x8b,
  },
  {
    step: 'inflated',
    inflate: inflateSync,
    canBegin: (first, second) => (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0,
  },
  { step: 'raw-inflated', inflate: inflateRawSync, canBegin: (first) => (first & 0b110) !== 0b110 },
  { step: 'brotli-decoded', inflate: brotliDecompressSync, canBegin: () => true },
]

function* inflated(bytes: Buffer): Generator<[string, string]> {
  const [first = 0, second = 0] = bytes
  if (bytes.length < 12 || bytes.length > 64 * 1024) return
  for (const { step, inflate, canBegin } of INFLATORS) {
    if (!canBegin(first, second)) continue
    try {
      const plain = latin1(inflate(bytes, { maxOutputLength: MAX_INFLATED, chunkSize: CHUNK }))
      if (isMostlyText(plain)) yield [step, plain]
    } catch {
      // Not in this format.
    }
  }
}
