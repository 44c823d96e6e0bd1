/** Ways to write bytes one by one, as programs print them: a list of numbers, a hex dump. */
const LISTS: readonly { step: string; run: RegExp; byte: RegExp; radix: number }[] = [
  // JSON of a Buffer or a typed array: [101,121,74]. An object with the positions as keys counts too: {"0":101,"1":121}.
  {
    step: 'numbers as bytes',
    run: /(?:(?:"\d{1,5}"\s*:\s*)?\b\d{1,3}\b[\s,;]{1,9}){15,}(?:"\d{1,5}"\s*:\s*)?\d{1,3}\b/g,
    byte: /(?<![\d"])\d{1,3}(?![\d"])/g,
    radix: 10,
  },
  // <Buffer 65 79 4a>, 65:79:4a, 0x65, 0x79
  {
    step: 'hex dump as bytes',
    run: /(?:\b(?:0x)?[0-9a-f]{2}\b[\s,:-]{1,3}){15,}(?:0x)?[0-9a-f]{2}\b/gi,
    byte: /(?<![0-9a-f])[0-9a-f]{2}(?![0-9a-fx])/gi,
    radix: 16,
  },
]

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The texts that lists of bytes in a text stand for. */
export function* byteLists(text: string): Generator<[step: string, bytes: Buffer]> {
  for (const { step, run, byte, radix } of LISTS)
    for (const found of (text.match(run) ?? []).slice(0, 50)) {
      const values = (found.match(byte) ?? []).map((each) => Number.parseInt(each, radix))
      if (values.length >= 16 && values.every((value) => value < 256))
        yield [step, Buffer.from(values)]
    }
}

/** The bytes of base32 (RFC 4648 section 6), in capitals or not; characters that are none end it. */
export function base32Bytes(run: string): Buffer {
  const bytes: number[] = []
  let held = 0
  let bits = 0
  for (const char of run.toUpperCase()) {
    const value = BASE32.indexOf(char)
    if (value < 0) break
    held = ((held << 5) | value) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  return Buffer.from(bytes)
}
