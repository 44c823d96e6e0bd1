import type { CheckResult } from '../verdict/verdict.ts'
import type { Waiver } from './waiver.ts'

/** A broken check that a waiver covers becomes WAIVED; every other result stays as it is. */
export function waived(result: CheckResult, waivers: readonly Waiver[]): CheckResult {
  if (result.verdict !== 'FAIL' && result.verdict !== 'WARN') return result
  const own = waivers.filter(({ id }) => id === result.id)
  const fitting = own.find(({ finding }) => finding === undefined || shows(result, finding))
  if (fitting)
    return {
      ...result,
      verdict: 'WAIVED',
      waiver: { reason: fitting.reason, expires: fitting.expires },
    }
  return {
    ...result,
    notes: [
      ...result.notes,
      ...own.map(({ finding }) => `its waiver covers another failure: ${finding ?? ''}`),
    ],
  }
}

const shows = ({ finding, reason }: CheckResult, text: string) =>
  [finding?.observation, finding?.expected, finding?.got, reason].some((each) =>
    each?.includes(text),
  )

/** Waivers whose check passed: the failure is mended, so the waiver has to go. */
export function unmetWaivers(
  results: readonly CheckResult[],
  waivers: readonly Waiver[],
): string[] {
  return waivers
    .filter(({ id }) => results.some((result) => result.id === id && result.verdict === 'PASS'))
    .map(
      ({ id, expires }) =>
        `the waiver for ${id} (until ${expires}) is not needed: the check passed. Remove it.`,
    )
}
