import { dirname, resolve } from 'node:path'
import { unknownTemplates } from './known-templates.ts'
import { withPreset } from './presets.ts'
import { inWords } from './problems-in-words.ts'
import { readYaml } from './read-yaml.ts'
import { targetFileSchema, type Target, type TargetInput } from './schema.ts'

/** The target file cannot be used; `message` lists every problem, one per line, in the words of the file. */
export class TargetFileError extends Error {
  override readonly name = 'TargetFileError'
  readonly problems: readonly string[]
  constructor(where: string, problems: readonly string[]) {
    super([`${where} cannot be used:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'))
    this.problems = problems
  }
}

/** A checked target and the folder its relative paths start from. */
export interface LoadedTarget {
  target: Target
  folder: string
}

/** Reads a target file (YAML, or JSON, which is YAML). */
export async function readTargetFile(path: string): Promise<LoadedTarget> {
  let input: unknown
  try {
    input = await readYaml(path)
  } catch (cause) {
    throw new TargetFileError(path, [cause instanceof Error ? cause.message : 'it cannot be read'])
  }
  return { target: parseTarget(input, path), folder: dirname(resolve(path)) }
}

/** Checks a target given as a value. All problems come at once. */
export function parseTarget(input: unknown, where = 'the target'): Target {
  const parsed = targetFileSchema.safeParse(withPreset(input))
  if (!parsed.success) throw new TargetFileError(where, parsed.error.issues.flatMap(inWords))
  const unknown = unknownTemplates(parsed.data)
  if (unknown.length > 0) throw new TargetFileError(where, unknown)
  return parsed.data
}

/** Gives a literal target its type while it is written. */
export const defineTarget = (target: TargetInput): TargetInput => target
