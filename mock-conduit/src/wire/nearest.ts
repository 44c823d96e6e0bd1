import type { WireRequest } from './message.ts'

/** The operation a mistyped request probably meant: "did you mean" for log and journal. */
export function nearestOperation(
  operations: readonly string[],
  request: Pick<WireRequest, 'method' | 'path'>,
): string | undefined {
  const wanted = `${request.method} ${request.path}`.toLowerCase().slice(0, 200)
  let best: string | undefined
  let least = Math.max(4, wanted.length / 3)
  for (const operation of operations) {
    const distance = editDistance(wanted, operation.toLowerCase(), least)
    if (distance < least) [best, least] = [operation, distance]
  }
  return best
}

/** The `most` names nearest to `wanted`, best first; those that contain it come before all. */
export function nearestNames(names: readonly string[], wanted: string, most = 3): string[] {
  const text = wanted.toLowerCase().slice(0, 200)
  const scored = names.map((name) => {
    const lower = name.toLowerCase()
    const distance = editDistance(text, lower, Infinity)
    return { name, distance: lower.includes(text) ? distance - 1000 : distance }
  })
  return scored
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name)
}

/** Levenshtein's distance, given up past `most`. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution))
    }
    previous = current
  }
  return previous[b.length] ?? most
}
