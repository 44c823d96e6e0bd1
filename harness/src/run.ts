import type { Check } from './check.ts'
import { catalogue } from './checks/index.ts'
import type { Discovery } from './discovery.ts'
import { notRun, runCheck } from './run-check.ts'
import { openRun, type OpenRun, type RunInputs } from './open-run.ts'
import type { RunParts } from './context.ts'
import { selectChecks, type Selection } from './select-checks.ts'
import { SetupProblem } from './verdict/outcome-errors.ts'
import { exitCodeOf, type CheckResult } from './verdict/verdict.ts'

/** What to run, and against what. */
export interface RunOptions extends RunInputs, Selection {
  /** A broken SHOULD is a FAIL. */
  strict?: boolean
  /** Runs of each check; when their verdicts disagree the result is FLAKY. */
  repeat?: number
  /** Checks to choose from; the catalogue by default. */
  checks?: readonly Check[]
  /** Ends the run early; what was started is stopped. */
  signal?: AbortSignal
  onDiscovery?: (discovery: Discovery) => void
  onResult?: (result: CheckResult) => void
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
  exitCode: 0 | 1 | 2 | 3 | 4
}

const DOWN: readonly string[] = ['FAIL', 'SETUP', 'BLOCKED', 'VACUOUS', 'HARNESS', 'FLAKY']

/** Starts the target and its backend, runs the selected checks, stops everything. Throws only for a target file or selection that cannot be used. */
export async function runHarness(options: RunOptions): Promise<RunResult> {
  const startedAt = new Date()
  const checks = selectChecks(options.checks ?? catalogue, options)
  const seed = options.seed ?? startedAt.getTime() % 1_000_000
  let run: OpenRun | undefined
  let problem: string | undefined
  const results: CheckResult[] = []
  const keep = (result: CheckResult) => {
    results.push(result)
    options.onResult?.(result)
  }
  const reproduce = (check: Check) =>
    `harness run ${check.id} --target ${options.name ?? 'FILE'} --seed ${seed}`
  try {
    run = await openRun({ ...options, seed })
    options.onDiscovery?.(run.parts.discovery)
    const opened = run
    options.signal?.addEventListener('abort', () => void opened.close())
    for (const check of checks) {
      if (options.signal?.aborted) break
      keep(await resultOf(check, { run, results, options, reproduce: reproduce(check) }))
    }
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    problem = error.message
    for (const check of checks.slice(results.length))
      keep(notRun(check, 'SETUP', { reason: problem, reproduce: reproduce(check) }))
  } finally {
    await run?.close()
  }
  return {
    target: run?.parts.target.target ?? options.name ?? 'target',
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    seed,
    discovery: run?.parts.discovery,
    problem,
    results,
    exitCode: exitCodeOf(results),
  }
}

interface Step {
  run: OpenRun
  results: readonly CheckResult[]
  options: RunOptions
  reproduce: string
}

async function resultOf(
  check: Check,
  { run, results, options, reproduce }: Step,
): Promise<CheckResult> {
  const missing = missingNeed(check, run)
  if (missing !== undefined) return notRun(check, 'SKIP', { reason: missing, reproduce })
  const broken = brokenRoute(check, run.parts)
  if (broken !== undefined) return notRun(check, 'SETUP', { reason: broken, reproduce })
  const blocker = check.dependsOn.find((id) =>
    results.some((result) => result.id === id && DOWN.includes(result.verdict)),
  )
  if (blocker !== undefined)
    return notRun(check, 'BLOCKED', { reason: `${blocker} did not pass`, reproduce })
  const first = await runCheck(check, run.parts, { strict: options.strict ?? false, reproduce })
  const verdicts = [first.verdict]
  for (let round = 1; round < (options.repeat ?? 1); round += 1)
    verdicts.push(
      (await runCheck(check, run.parts, { strict: options.strict ?? false, reproduce })).verdict,
    )
  if (verdicts.every((verdict) => verdict === first.verdict)) return first
  return {
    ...first,
    verdict: 'FLAKY',
    reason: `${verdicts.length} runs came to ${verdicts.join(', ')}. ${first.reason ?? ''}`.trim(),
  }
}

function missingNeed({ needs }: Check, { parts, vaultMissing }: OpenRun): string | undefined {
  const route = needs.routes?.find((name) => parts.target.routes[name] === undefined)
  if (route !== undefined) return `routes.${route} is not declared`
  if (needs.redis && vaultMissing !== undefined) return vaultMissing
  if ((needs.instances ?? 1) <= parts.instances.length) return undefined
  return `needs ${needs.instances ?? 1} instances, start.instances is ${parts.instances.length}${vaultMissing === undefined ? '' : ` because there is ${vaultMissing}`}`
}

const brokenRoute = ({ needs }: Check, { discovery }: RunParts): string | undefined =>
  discovery.routes.find(
    ({ route, problem }) => problem !== undefined && needs.routes?.includes(route),
  )?.problem
