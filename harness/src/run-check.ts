import type { Check } from './check.ts'
import { createContext, type RunParts } from './context.ts'
import { headerOf, type Exchange } from './instruments/http-exchange.ts'
import { within } from './instruments/settle.ts'
import { collectEvidence } from './evidence/collect-evidence.ts'
import type { Evidence } from './evidence/evidence.ts'
import { journalMark } from './instruments/journal-view.ts'
import { createSecretGuard, type SecretGuard } from './instruments/secret-guard.ts'
import { judge } from './verdict/judge-check.ts'
import { createLedger } from './verdict/ledger.ts'
import type { CheckResult, Finding } from './verdict/verdict.ts'

/** What the runner knows beside the check itself. */
export interface RunCheckOptions {
  strict: boolean
  /** The command that repeats just this check. */
  reproduce: string
  /** Is given what went over the wire; without it nothing is collected. */
  onEvidence?: (evidence: Evidence) => void
}

/** No check takes so long by itself: beyond it something hangs that the harness should have ended. */
const CHECK_LIMIT_MS = 300_000

/** Runs one check against a fresh user; never throws. */
export async function runCheck(
  check: Check,
  parts: RunParts,
  options: RunCheckOptions,
): Promise<CheckResult> {
  const started = performance.now()
  const { ledger, state } = createLedger()
  const { ctx, cleanUp } = createContext(parts, ledger, check.id)
  parts.recorder.enter(check.id)
  const since = options.onEvidence ? await journalMark(parts.backend.control) : 0
  let thrown: unknown
  try {
    await within(CHECK_LIMIT_MS, `${check.id} (its own limit)`, check.run(ctx))
  } catch (error) {
    thrown = error ?? new Error('the check threw nothing')
  }
  try {
    state.notes.push(...(await cleanUp()))
    await parts.backend.learnTokens()
  } catch (error) {
    thrown ??= error
  }
  const last = parts.recorder.current().at(-1)
  options.onEvidence?.(await collectEvidence(parts, check.id, since))
  parts.recorder.sweep(parts.registry)
  const judgement = judge(thrown, state, { level: check.level, strict: options.strict })
  const redact = createSecretGuard(parts.registry)
  return {
    ...describeCheck(check),
    ...redacted(judgement, redact),
    witnesses: state.witnesses.map(redact),
    expectations: state.expectations + state.aftermath,
    observations: state.observations.map((each) => shownFinding(each, redact)),
    notes: state.notes.map(redact),
    durationMs: Math.round(performance.now() - started),
    reproduce: options.reproduce,
    ...(judgement.verdict !== 'PASS' && last ? { curl: redact(curlOf(last)) } : {}),
  }
}

/** The part of a result that comes from the catalogue. */
export function describeCheck(
  check: Check,
): Pick<
  CheckResult,
  'id' | 'title' | 'level' | 'profiles' | 'requirement' | 'source' | 'usualCauses'
> {
  const { id, title, level, profiles, requirement, source, usualCauses } = check
  return {
    id,
    title,
    level,
    profiles: [...profiles],
    requirement: [...requirement],
    source: [...source],
    usualCauses: [...usualCauses],
  }
}

/** The result of a check that was not run. */
export function notRun(
  check: Check,
  verdict: 'SKIP' | 'BLOCKED' | 'SETUP',
  { reason, reproduce }: { reason: string; reproduce: string },
): CheckResult {
  return {
    ...describeCheck(check),
    verdict,
    reason,
    aftermath: { verdict: 'NONE' },
    witnesses: [],
    expectations: 0,
    observations: [],
    notes: [],
    durationMs: 0,
    reproduce,
  }
}

const shownFinding = ({ observation, expected, got }: Finding, redact: SecretGuard): Finding => ({
  observation: redact(observation),
  expected: redact(expected),
  got: redact(got),
})

type Judged = ReturnType<typeof judge>

function redacted(judgement: Judged, redact: SecretGuard): Judged {
  const finding = judgement.finding && shownFinding(judgement.finding, redact)
  return {
    verdict: judgement.verdict,
    aftermath:
      judgement.aftermath.verdict === 'FAIL' && finding
        ? { verdict: 'FAIL', finding }
        : judgement.aftermath,
    ...(judgement.reason === undefined ? {} : { reason: redact(judgement.reason) }),
    ...(finding ? { finding } : {}),
  }
}

/** A curl line for the last request of a check; cookies are the reader's own. */
function curlOf({ call, base }: Exchange): string {
  const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
  const type = headerOf(call.headers, 'content-type')
  const headers = call.headers
    .filter(([name]) => /^(host|origin|content-type|x-forwarded-proto)$/i.test(name))
    .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`)
  const body =
    call.body && type !== undefined && !type.startsWith('multipart')
      ? [`--data ${quoted(call.body.toString('utf8').slice(0, 500))}`]
      : []
  return [
    'curl -i',
    `-X ${call.method}`,
    ...headers,
    "-H 'Cookie: …'",
    ...body,
    quoted(base + call.path),
  ].join(' ')
}
