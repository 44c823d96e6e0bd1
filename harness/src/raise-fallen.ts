import type { RunParts } from './context.ts'
import { createSecretGuard } from './instruments/secret-guard.ts'
import { lastLines } from './setup-text.ts'
import type { CheckResult, Verdict } from './verdict/verdict.ts'

/** What such a verdict rests on may be the end of the instance alone. */
const IN_DOUBT: readonly Verdict[] = ['SETUP', 'VACUOUS', 'HARNESS']

/**
 * Starts instances that ended by themselves again, so that what comes next is not judged by it, and writes into the result of the check
 * during which that happened how they ended. Throws `SetupProblem` when one does not come back.
 */
export async function raiseFallen(
  result: CheckResult,
  { instances, registry }: Pick<RunParts, 'instances' | 'registry'>,
): Promise<CheckResult> {
  const fallen = instances.filter((instance) => instance.exited() !== undefined)
  if (fallen.length === 0) return result
  const guard = createSecretGuard(registry)
  const notes = fallen.map((instance) => {
    const printed = lastLines(instance.output(), 6).split('\n').map(guard).join('\n')
    return `${instance.label} ended by itself (${instance.exited() ?? ''}) during this check, and was started again; it printed:\n${printed || '(nothing)'}`
  })
  for (const instance of fallen) await instance.restart?.()
  return {
    ...result,
    ...(IN_DOUBT.includes(result.verdict)
      ? { reason: [...notes, result.reason ?? ''].join('\n') }
      : { notes: [...result.notes, ...notes] }),
  }
}
