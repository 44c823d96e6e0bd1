import type { CheckResult } from '../verdict/verdict.ts'

/** The group of a check: `REFRESH` of `REFRESH-04`. */
export const groupOf = ({ id }: { id: string }): string => id.replace(/-\d+$/, '')

/** Checks or their results by group, in the order of their first appearance. */
export function byGroup<Each extends { id: string }>(all: readonly Each[]): Map<string, Each[]> {
  const groups = new Map<string, Each[]>()
  for (const each of all) groups.set(groupOf(each), [...(groups.get(groupOf(each)) ?? []), each])
  return groups
}

/** How often each verdict occurred. */
export function countVerdicts(
  results: readonly Pick<CheckResult, 'verdict'>[],
): Map<CheckResult['verdict'], number> {
  const counts = new Map<CheckResult['verdict'], number>()
  for (const { verdict } of results) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  return counts
}
