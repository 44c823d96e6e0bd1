import type { CheckResult } from '../verdict/verdict.ts'

/** The group of a check: `REFRESH` of `REFRESH-04`. */
export const groupOf = ({ id }: Pick<CheckResult, 'id'>): string => id.replace(/-\d+$/, '')

/** Results by group, in the order of their first appearance. */
export function byGroup(results: readonly CheckResult[]): Map<string, CheckResult[]> {
  const groups = new Map<string, CheckResult[]>()
  for (const result of results)
    groups.set(groupOf(result), [...(groups.get(groupOf(result)) ?? []), result])
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
