/** Where the backend's JSON.stringify runs out of stack (V8 of Node 24: measured between 4,400 and 4,500 levels). */
const DEEPEST = 4_400

/** A body nested deeper than the backend can pass on to its modules, which it answers with a bare 500 (recording x-body). */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true
    level = level.flatMap(members)
  }
  return false
}

function members(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const list: unknown[] = Object.values(value)
  return list
}
