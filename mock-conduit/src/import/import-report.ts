/** What a person reads after an import that could not take everything; empty when it could. */
export function importReport(notes: readonly string[]): string {
  if (notes.length === 0) return ''
  const things = notes.length === 1 ? '1 thing' : `${notes.length} things`
  return [`Left out of the import: ${things}`, ...notes.map((note) => `  ${note}`)].join('\n')
}
