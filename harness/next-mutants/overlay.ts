import type { Edit } from './next-mutant.ts'

/** The copy lies one folder deeper than the sample app. */
const moved: readonly Edit[] = [
  {
    file: 'next.config.ts',
    find: "join(import.meta.dirname, '..')",
    put: "join(import.meta.dirname, '../..')",
  },
  { file: 'tsconfig.json', find: '../tsconfig.base.json', put: '../../tsconfig.base.json' },
]

/** An edit whose place is not in the sample app (any more), or twice: the mutant has to be written anew. */
export class EditError extends Error {
  override readonly name = 'EditError'
}

/** Applies every edit to the sources, given by path. Throws `EditError` and names the edit that fits no single place. */
export function overlaid(
  sources: ReadonlyMap<string, string>,
  edits: readonly Edit[],
): Map<string, string> {
  const result = new Map(sources)
  for (const { file, find, put } of [...moved, ...edits]) {
    const parts = (result.get(file) ?? '').split(find)
    if (parts.length !== 2)
      throw new EditError(`sample-app/${file} holds ${parts.length - 1} times, not once: ${find}`)
    result.set(file, parts.join(put))
  }
  return result
}
