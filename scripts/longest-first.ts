import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Runs the files that take minutes first: a long one that starts last leaves all workers but one idle at the end.
 * Vitest's own order needs the durations of an earlier run, which a fresh clone has not.
 */
const LONG = [
  /harness\/test\/(examples\/.*|sample-app|next-mutants)\.test\.ts$/,
  /harness\/test\/kill-matrix\/(refresh|preview|vault|session|leak|resil)\.test\.ts$/,
  /harness\/test\//,
  /sample-app\//,
  /(replay|parity-command|strictness|property)\.test\.ts$/,
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((pattern) => pattern.test(moduleId))
      return at < 0 ? LONG.length : at
    }
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => rank(one) - rank(other))
  }
}
