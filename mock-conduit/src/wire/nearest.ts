import { distance } from 'fastest-levenshtein'
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
    const edits = distance(wanted, operation.toLowerCase())
    if (edits < least) [best, least] = [operation, edits]
  }
  return best
}

/** The `most` names nearest to `wanted`, best first; those that contain it come before all. */
export function nearestNames(names: readonly string[], wanted: string, most = 3): string[] {
  const text = wanted.toLowerCase().slice(0, 200)
  const scored = names.map((name) => {
    const lower = name.toLowerCase()
    const edits = distance(text, lower)
    return { name, edits: lower.includes(text) ? edits - 1000 : edits }
  })
  return scored
    .sort((a, b) => a.edits - b.edits)
    .slice(0, most)
    .map(({ name }) => name)
}
