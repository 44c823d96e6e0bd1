import { resolve } from 'node:path'
import type { Check } from '../check.ts'
import type { LoadedTarget } from '../target/read-target.ts'
import { readYaml } from '../target/read-yaml.ts'
import { waiverFileSchema, type Waiver } from './waiver.ts'

/** Waivers that cannot be used; `message` lists every problem, one per line. */
export class WaiverError extends Error {
  override readonly name = 'WaiverError'
  constructor(where: string, problems: readonly string[]) {
    super([`${where} cannot be used:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'))
  }
}

interface WaiverInputs {
  /** A file beside what the target says; its path starts from the current folder. */
  file: string | undefined
  catalogue: readonly Check[]
  /** `YYYY-MM-DD` */
  today: string
}

/** Every waiver of a run: the target file's (a path in it starts from its folder) and those of a file of their own. Throws `WaiverError`. */
export async function waiversOf(
  { target, folder }: LoadedTarget,
  { file, catalogue, today }: WaiverInputs,
): Promise<Waiver[]> {
  const own =
    typeof target.waivers === 'string'
      ? await readWaivers(target.waivers, folder)
      : (target.waivers ?? [])
  const waivers = [...own, ...(file === undefined ? [] : await readWaivers(file))]
  refuseStaleWaivers(waivers, { catalogue, today })
  return waivers
}

/** Reads a file of waivers (YAML or JSON). Throws `WaiverError`. */
async function readWaivers(path: string, folder = process.cwd()): Promise<Waiver[]> {
  let input: unknown
  try {
    input = await readYaml(resolve(folder, path))
  } catch (cause) {
    throw new WaiverError(path, [cause instanceof Error ? cause.message : 'it cannot be read'])
  }
  const parsed = waiverFileSchema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new WaiverError(path, [
    `write a list of { id: REFRESH-04, reason: …, expires: 2027-01-31, finding: … (optional) }`,
    ...problemsIn(input),
  ])
}

/** Every entry that is wrong, by its place in the list. */
function problemsIn(input: unknown): string[] {
  const list = waiverFileSchema.options[0].safeParse(input)
  return list.success || !Array.isArray(input)
    ? []
    : list.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
}

/** Waivers that nobody can mean: an unknown check, a day that is over. `today` is `YYYY-MM-DD`. Throws `WaiverError`. */
function refuseStaleWaivers(
  waivers: readonly Waiver[],
  { catalogue, today }: { catalogue: readonly Check[]; today: string },
): void {
  const problems = waivers.flatMap(({ id, expires }) => [
    ...(catalogue.some((check) => check.id === id)
      ? []
      : [`${id}: no check is called so. "harness list" shows them all.`]),
    ...(expires < today
      ? [`${id}: expired on ${expires}, today is ${today}. Mend the failure, or decide anew.`]
      : []),
  ])
  if (problems.length > 0) throw new WaiverError('A waiver', problems)
}
