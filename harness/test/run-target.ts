import { runHarness, type CheckResult, type RunOptions } from '../src/index.ts'

/** What a kill-matrix run needs: a target file, some ids, and the environment that switches a fault on. */
export interface TargetRun extends Pick<RunOptions, 'env' | 'redisUrl' | 'strict' | 'folder'> {
  ids?: readonly string[]
}

/** Runs a target and gives the results by id. */
export async function runTarget(
  target: RunOptions['target'],
  options: TargetRun = {},
): Promise<ReadonlyMap<string, CheckResult>> {
  const run = await runHarness({ target, seed: 1, ...options })
  return new Map(run.results.map((result) => [result.id, result]))
}
