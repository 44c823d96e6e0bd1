/** True when `operation` is `pattern`, in which `*` stands for any run of characters. */
export function operationMatches(pattern: string, operation: string): boolean {
  if (!pattern.includes('*')) return pattern === operation
  const pieces = pattern.split('*')
  const first = pieces[0] ?? ''
  const last = pieces.at(-1) ?? ''
  if (!operation.startsWith(first) || !operation.endsWith(last)) return false
  let from = first.length
  for (const piece of pieces.slice(1, -1)) {
    const at = operation.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return from <= operation.length - last.length
}
