import type { CheckResult } from '../../src/index.ts'

/** The verdict and where it fell; an observation that fits a stated pattern is named by the pattern. */
export function seenAt(stated: string | RegExp, result: CheckResult | undefined): string {
  const { verdict = 'not run', finding, reason = '' } = result ?? {}
  if (finding === undefined) return `${verdict}: ${reason}`
  const { observation } = finding
  const fits = typeof stated !== 'string' && stated.test(observation)
  return `${verdict} at ${fits ? String(stated) : observation}`
}
