/** What a Range header asks of `size` bytes; `end` is inclusive. S3 ignores malformed and multiple ranges. Source: RFC 9110 §14.1. */
export function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'whole' | 'unsatisfiable' {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (from === '' && to === '') return 'whole'
  if (from === '') {
    const wanted = Number(to)
    if (wanted === 0 || size === 0) return 'unsatisfiable'
    return { start: Math.max(0, size - wanted), end: size - 1 }
  }
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return 'whole'
  return start >= size ? 'unsatisfiable' : { start, end }
}
