/**
 * Bytes as text, one character (0 to 255) for each, as WebIDL's ByteString: node writes head and body in one piece when both are text.
 * A list of rows is kept as the texts of its rows, which live elsewhere anyway; the whole is joined when it is read.
 */
export class ByteString {
  readonly #before: string
  readonly #items: readonly string[]
  readonly #after: string
  #text: string | undefined
  /** In bytes. */
  readonly length: number

  constructor(before: string, items: readonly string[] = [], after = '') {
    this.#before = before
    this.#items = items
    this.#after = after
    let length = before.length + after.length + Math.max(0, items.length - 1)
    for (const item of items) length += item.length
    this.length = length
  }

  get text(): string {
    return (this.#text ??=
      this.#items.length === 0 && this.#after === ''
        ? this.#before
        : this.#before + joined(this.#items) + this.#after)
  }

  bytes(): Buffer {
    return Buffer.from(this.text, 'latin1')
  }

  /** Lets go of the joined text. */
  release(): void {
    this.#text = undefined
  }

  /** The same bytes in one piece, for those who read them often. */
  whole(): ByteString {
    return new ByteString(this.text)
  }
}

/** Concatenated step by step, which costs less than `join` and is copied once, when the bytes are read. */
function joined(items: readonly string[]): string {
  let text = items[0] ?? ''
  for (let at = 1; at < items.length; at += 1) text += `,${items[at] ?? ''}`
  return text
}

/** A text's UTF-8 bytes, one character each; the text itself while it is ASCII. */
export function utf8(text: string): string {
  return Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1')
}
