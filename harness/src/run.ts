import type { Check } from './check.ts'
import { catalogue } from './checks/index.ts'
import type { Discovery } from './discovery.ts'
import type { Evidence } from './evidence/evidence.ts'
import { loadTarget, openRun, type OpenRun, type RunInputs } from './open-run.ts'
import { notRun } from './run-check.ts'
import { raiseFallen } from './raise-fallen.ts'
import { repeatCommand } from './repeat-command.ts'
import { resultOf } from './result-of.ts'
import { selectChecks, type Selection } from './select-checks.ts'
import { SetupProblem } from './verdict/outcome-errors.ts'
import { exitCodeOf, type CheckResult } from './verdict/verdict.ts'
import { unmetWaivers, waived } from './waivers/apply-waivers.ts'
import { waiversOf } from './waivers/read-waivers.ts'

/** What to run, and against what. */
export interface RunOptions extends RunInputs, Selection {
  /** A broken SHOULD is a FAIL. */
  strict?: boolean
  /** Runs of each check; when their verdicts disagree the result is FLAKY. */
  repeat?: number
  /** A run in which every check is SKIP ends well; without this it says nothing and ends with 4. */
  allowSkip?: boolean
  /** A file of waivers, beside those of the target file. */
  waivers?: string
  /** The day that waivers are judged by, `YYYY-MM-DD`; by default the real one (UTC). */
  today?: string
  /** Keep what went over the wire, for the reports that show it. */
  evidence?: boolean
  /** Checks to choose from; the catalogue by default. */
  checks?: readonly Check[]
  /** Ends the run early; what was started is stopped. */
  signal?: AbortSignal
  onDiscovery?: (discovery: Discovery) => void
  /** A check begins: the how manyth of how many. */
  onCheck?: (check: Check, at: { number: number; of: number }) => void
  onResult?: (result: CheckResult) => void
  /** Nothing (more) can be run; every check left is a SETUP with this reason. */
  onProblem?: (problem: string) => void
  /** Something takes long. */
  onWait?: (text: string) => void
}

/** All that a run came to. */
export interface RunResult {
  target: string
  startedAt: string
  durationMs: number
  seed: number
  discovery: Discovery | undefined
  /** Why nothing could be run. */
  problem: string | undefined
  results: readonly CheckResult[]
  /** Waivers that are not needed any more. */
  unmetWaivers: readonly string[]
  /** By check; empty unless it was asked for. */
  evidence: ReadonlyMap<string, Evidence>
  exitCode: 0 | 1 | 2 | 3 | 4
}

/** Starts the target and its backend, runs the selected checks, stops everything. Throws only for a target file, selection or waivers that cannot be used. */
export async function runHarness(options: RunOptions): Promise<RunResult> {
  const startedAt = new Date()
  const from = options.checks ?? catalogue
  const checks = selectChecks(from, options)
  const loaded = await loadTarget(options)
  const waivers = await waiversOf(loaded, {
    file: options.waivers,
    catalogue: from,
    today: options.today ?? startedAt.toISOString().slice(0, 10),
  })
  const seed = options.seed ?? startedAt.getTime() % 1_000_000
  let run: OpenRun | undefined
  let problem: string | undefined
  const results: CheckResult[] = []
  const evidence = new Map<string, Evidence>()
  const keep = (result: CheckResult) => {
    results.push(result)
    options.onResult?.(result)
  }
  const interrupted = () => options.signal?.aborted ?? false
  const reproduce = (check: Check) => repeatCommand(check, { ...options, seed })
  try {
    run = await openRun(loaded, { ...options, seed })
    options.onDiscovery?.(run.seen)
    const opened = run
    options.signal?.addEventListener('abort', () => void opened.close())
    for (const [index, check] of checks.entries()) {
      if (interrupted()) break
      options.onCheck?.(check, { number: index + 1, of: checks.length })
      const onEvidence = (seen: Evidence) => evidence.set(check.id, seen)
      const result = await resultOf(check, {
        run,
        results,
        options,
        reproduce: reproduce(check),
        ...(options.evidence ? { onEvidence } : {}),
      })
      // What was stopped under its feet says nothing.
      if (interrupted()) break
      keep(waived(await raiseFallen(result, run.parts), waivers))
    }
    if (interrupted())
      problem = `the run was interrupted after ${results.length} of ${checks.length} checks.`
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    problem = error.message
    options.onProblem?.(problem)
    for (const check of checks.slice(results.length))
      keep(notRun(check, 'SETUP', { reason: problem, reproduce: reproduce(check) }))
  } finally {
    await run?.close()
  }
  const unmet = unmetWaivers(results, waivers)
  return {
    target: loaded.target.target,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    seed,
    discovery: run?.seen,
    problem,
    results,
    unmetWaivers: unmet,
    evidence,
    exitCode: exitCodeOf(results, unmet, options) || (interrupted() ? 2 : 0),
  }
}
