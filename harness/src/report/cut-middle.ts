const LABEL = /⟨[^⟩]*⟩/g

/** A text cut in its middle to `length` characters; `⟨labels⟩` of secrets are kept whole, for they are what one looks for. */
export function cutMiddle(text: string, length: number): string {
  if (text.length <= length) return text
  const labels = text.match(LABEL)?.join(' ') ?? ''
  const plain = text.replaceAll(LABEL, '').replace(/ {2,}/g, ' ').trim()
  const room = labels === '' ? length : length - labels.length - 1
  const short = room < 9 ? cut(plain, 9) : cut(plain, room)
  return labels === '' ? short : `${short} ${labels}`
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const head = Math.ceil((length - 1) * 0.6)
  return `${text.slice(0, head)}…${text.slice(text.length - (length - 1 - head))}`
}
