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
  const rows: [string, readonly string[]][] = [
    ['level', [`${check.level} (${check.profiles.join(', ')})`]],
    ['requirement', [check.requirement.join(', ')]],
    ['backend', check.source],
    ['needs', [needsInWords(check).join(', ')]],
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

/** What a check needs, in words of the target file. */
export const needsInWords = ({ needs }: Check): string[] => [
  ...(needs.routes ?? []).map((route) => `routes.${route}`),
  ...(needs.pages ? ['pages'] : []),
  ...(needs.instances === undefined ? [] : [`${needs.instances} instances`]),
  ...(needs.redis ? ['a real Redis'] : []),
  ...(needs.browser ? ['Chromium'] : []),
]
