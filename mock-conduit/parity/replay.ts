import { compareJson } from './compare.ts'
import { exchangeStep, type Run } from './exchanges.ts'
import { mintInto } from './mint.ts'
import { Normaliser } from './normalise.ts'
import { NotApplicable, refuseUnknownKeys } from './not-applicable.ts'
import type { Json, RecordedStep, Recording } from './recording.ts'
import type { ServerUnderTest } from './server-under-test.ts'
import { derive, Variables } from './variables.ts'

export interface StepResult {
  scenario: string
  step: string
  /** Absent for steps that send nothing. */
  request?: string
  outcome: 'equal' | 'different' | 'not applicable'
  /** The differences, or why it does not apply. */
  details: string[]
}

/** A derivation that was to change its text did not, by chance or by its pattern. */
export class ChangedNothing extends Error {}

/**
 * Plays one scenario and compares every answer. `run` is the value of `{{run}}`.
 * Throws `ChangedNothing` where a derivation changed nothing, unless `acceptUnchanged`: another `run` may give it something to change.
 */
export async function replay(
  recording: Recording,
  server: ServerUnderTest,
  run: string,
  { acceptUnchanged = true }: { acceptUnchanged?: boolean } = {},
): Promise<StepResult[]> {
  const variables = new Variables({
    run,
    ...server.variables,
    base: server.base,
    storageBase: server.storageBase,
  })
  const state: Run = {
    recording,
    server,
    variables,
    normaliser: new Normaliser(variables, recording.source),
    acceptUnchanged,
  }
  const refused = await attempt(() =>
    server.prepare({ config: recording.config, development: recording.development }),
  )
  if (refused.failure !== undefined) return allSteps(state, 'different', refused.failure)
  let unfit = refused.value
  const results: StepResult[] = []
  for (const step of recording.steps) {
    const judged = unfit === undefined ? await judgeStep(state, step) : { results: [], unfit }
    unfit = judged.unfit
    if (unfit === undefined) results.push(...judged.results)
    else if (countsAsStep(step)) results.push(result(state, step, notApplicable(unfit)))
  }
  return results
}

interface Judged {
  results: StepResult[]
  /** Why this step, and with it the rest of the scenario, cannot be played. */
  unfit: string | undefined
}

/** A step that cannot be played is no reason to stop the run: what is not understood does not apply, what fails is different. */
async function judgeStep(run: Run, step: RecordedStep): Promise<Judged> {
  const { value, failure, reason } = await attempt(() => playStep(run, step))
  if (value) return value
  if (reason !== undefined) return { results: [], unfit: reason }
  const details = [failure ?? 'failed without a reason']
  return { results: [result(run, step, { outcome: 'different', details })], unfit: undefined }
}

interface Attempt<T> {
  value?: T
  failure?: string
  /** Set instead of `failure` when the work does not apply. */
  reason?: string
}

async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof ChangedNothing) throw error
    const message = error instanceof Error ? error.message : String(error)
    return error instanceof NotApplicable ? { reason: message } : { failure: message }
  }
}

function allSteps(run: Run, outcome: 'different', why: string): StepResult[] {
  return run.recording.steps
    .filter(countsAsStep)
    .map((step) => result(run, step, { outcome, details: [why] }))
}

function notApplicable(why: string): Pick<StepResult, 'outcome' | 'details'> {
  return { outcome: 'not applicable', details: [why] }
}

function countsAsStep(step: RecordedStep): boolean {
  return step.request !== undefined || step.parallel !== undefined || step.shown !== undefined
}

function result(
  run: Run,
  step: RecordedStep,
  judged: Pick<StepResult, 'outcome' | 'details'>,
): StepResult {
  const exchange = step.request ?? step.parallel?.[0]?.request
  const scenario = run.recording.development ? `devmode/${run.recording.id}` : run.recording.id
  const request = exchange
    ? { request: `${exchange.method} ${exchange.url ?? exchange.path ?? ''}` }
    : {}
  return { scenario, step: step.name ?? '', ...request, ...judged }
}

const stepKeys = [
  'name',
  'request',
  'response',
  'capture',
  'waitMs',
  'elapsedMs',
  'alignSecond',
  'parallel',
  'repeat',
  'statusRuns',
  'firstOfEach',
  'hook',
  'args',
  'mint',
  'set',
  'derive',
  'shown',
]

async function playStep(run: Run, step: RecordedStep): Promise<Judged> {
  const { server } = run
  refuseUnknownKeys('step', step, stepKeys)
  const unfit =
    (step.waitMs === undefined ? undefined : await server.wait(step.waitMs)) ??
    (step.alignSecond ? await server.alignSecond() : undefined) ??
    (step.hook === undefined
      ? undefined
      : await server.hook(step.hook, fillArgs(run, step.args ?? {})))
  if (unfit !== undefined) return { results: [], unfit }
  const details = [...setVariables(run, step), ...(await exchangeStep(run, step))]
  if (!countsAsStep(step)) return { results: [], unfit: undefined }
  return {
    results: [
      result(run, step, { outcome: details.length === 0 ? 'equal' : 'different', details }),
    ],
    unfit: undefined,
  }
}

function fillArgs({ variables }: Run, args: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => [key, variables.fillJson(value)]),
  )
}

/** `set`, `mint` and `derive`; what a derivation shows is compared like an answer. */
function setVariables(
  { variables, normaliser, acceptUnchanged }: Run,
  step: RecordedStep,
): string[] {
  for (const [name, template] of Object.entries(step.set ?? {}))
    variables.set(name, variables.fill(template))
  if (step.mint !== undefined) mintInto(step.mint, variables)
  const differences: string[] = []
  for (const [name, spec] of Object.entries(step.derive ?? {})) {
    const { value, shown, changedNothing } = derive(spec, variables)
    if (changedNothing && !acceptUnchanged) throw new ChangedNothing(name)
    const expected = step.shown?.[name]
    if (expected !== undefined)
      differences.push(...compareJson(expected, normaliser.json(shown), name))
    variables.set(name, value)
  }
  return differences
}
