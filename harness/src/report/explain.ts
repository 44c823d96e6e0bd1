import pc from 'picocolors'
import type { Check } from '../check.ts'

/** `harness list`: one line per check. */
export function listing(checks: readonly Check[]): string {
  return checks
    .map(
      ({ id, level, profiles, title }) =>
        `${id.padEnd(11)} ${level.padEnd(6)} ${profiles.join(' ').padEnd(18)} ${title}`,
    )
    .join('\n')
}

/** `harness explain ID`: everything the catalogue knows of a check. */
export function explanation(check: Check): string {
  const needs = [
    ...(check.needs.routes ?? []).map((route) => `routes.${route}`),
    ...(check.needs.instances ? [`${check.needs.instances} instances`] : []),
    ...(check.needs.redis ? ['a real Redis'] : []),
  ]
  const rows: [string, readonly string[]][] = [
    ['level', [`${check.level} (${check.profiles.join(', ')})`]],
    ['requirement', [check.requirement.join(', ')]],
    ['backend', check.source],
    ['needs', [needs.join(', ')]],
    ['builds on', check.dependsOn],
    ['must fail', check.mutants.map((mutant) => `the reference BFF with MUTANT=${mutant}`)],
    ['usual causes', check.usualCauses],
  ]
  const lines = rows.flatMap(([name, values]) =>
    values
      .filter(Boolean)
      .map((value, index) => `  ${(index === 0 ? name : '').padEnd(13)} ${value}`),
  )
  return [`${pc.bold(check.id)} ${check.title}`, ...lines].join('\n')
}
