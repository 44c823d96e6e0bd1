import { createHmac } from 'node:crypto'
import { compareJson, compareResponse } from './compare.ts'
import { Normaliser } from './normalise.ts'
import type { Exchange, Json, RecordedStep, Recording } from './recording.ts'
import { type RawAnswer, send } from './send.ts'
import type { ServerUnderTest } from './server-under-test.ts'
import { derive, pick, Variables } from './variables.ts'

export interface StepResult {
  scenario: string
  step: string
  /** Absent for steps that send nothing. */
  request?: string
  outcome: 'equal' | 'different' | 'not applicable'
  /** The differences, or why it does not apply. */
  details: string[]
}

interface Run {
  recording: Recording
  server: ServerUnderTest
  variables: Variables
  normaliser: Normaliser
}

/** Plays one scenario and compares every answer. `run` is the value of `{{run}}`. */
export async function replay(
  recording: Recording,
  server: ServerUnderTest,
  run: string,
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
  }
  let unfit = await server.prepare({ config: recording.config, development: recording.development })
  const results: StepResult[] = []
  for (const step of recording.steps) {
    const judged = unfit === undefined ? await playStep(state, step) : { results: [], unfit }
    unfit = judged.unfit
    if (unfit === undefined) results.push(...judged.results)
    else if (countsAsStep(step))
      results.push(result(state, step, { outcome: 'not applicable', details: [unfit] }))
  }
  return results
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

async function playStep(
  run: Run,
  step: RecordedStep,
): Promise<{ results: StepResult[]; unfit: string | undefined }> {
  const { server } = run
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
function setVariables({ variables, normaliser }: Run, step: RecordedStep): string[] {
  for (const [name, template] of Object.entries(step.set ?? {}))
    variables.set(name, variables.fill(template))
  for (const [name, spec] of Object.entries(step.mint ?? {}))
    variables.set(name, mint(spec, variables))
  const differences: string[] = []
  const derived = Object.entries(step.derive ?? {}).map(([name, spec]) => ({
    name,
    ...derive(spec, variables),
  }))
  for (const { name, value, shown } of derived) {
    const expected = step.shown?.[name]
    if (expected !== undefined)
      differences.push(...compareJson(expected, normaliser.json(shown), name))
    variables.set(name, value)
  }
  return differences
}

function mint(spec: NonNullable<RecordedStep['mint']>[string], variables: Variables): string {
  const part = (value: Json) =>
    Buffer.from(JSON.stringify(variables.fillJson(value))).toString('base64url')
  const unsigned = `${part(spec.header ?? { alg: 'HS256', typ: 'JWT' })}.${part(spec.payload)}`
  return `${unsigned}.${createHmac('sha256', variables.fill(spec.secret)).update(unsigned).digest('base64url')}`
}

async function exchangeStep(run: Run, step: RecordedStep): Promise<string[]> {
  if (step.parallel) return playTogether(run, step.parallel)
  if (!step.request) return []
  if (step.repeat !== undefined) return playRepeatedly(run, step, step.repeat)
  return step.response
    ? playTogether(run, [
        {
          request: step.request,
          response: step.response,
          ...(step.capture ? { capture: step.capture } : {}),
        },
      ])
    : []
}

/** Sent at the same moment; all captures are made before any answer is normalised. */
async function playTogether(run: Run, exchanges: Exchange[]): Promise<string[]> {
  const answers = await Promise.all(
    exchanges.map(({ request }) => send(request, run.variables, run.server.base)),
  )
  exchanges.forEach(({ capture }, at) => {
    const answer = answers[at]
    if (capture && answer) captureFrom(answer, capture, run.variables)
  })
  return exchanges.flatMap(({ response }, at) => {
    const answer = answers[at]
    const differences = answer ? compareResponse(response, answer, run.normaliser) : []
    return exchanges.length === 1 ? differences : differences.map((each) => `#${at + 1} ${each}`)
  })
}

function captureFrom(
  answer: RawAnswer,
  capture: Record<string, string>,
  variables: Variables,
): void {
  for (const [name, from] of Object.entries(capture)) {
    const value = captured(answer, from)
    if (typeof value === 'string') variables.set(name, value)
    else if (value !== null) variables.set(name, JSON.stringify(value))
    else variables.set(name, `nothing-captured-as-${name}`)
  }
}

function captured(answer: RawAnswer, from: string): Json {
  if (from === 'body') return answer.body.toString('utf8')
  if (from.startsWith('header:')) {
    const wanted = from.slice('header:'.length).toLowerCase()
    return answer.rawHeaders.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null
  }
  try {
    return pick(JSON.parse(answer.body.toString('utf8')) as Json, from.slice(1))
  } catch {
    return null
  }
}

async function playRepeatedly(run: Run, step: RecordedStep, times: number): Promise<string[]> {
  const runs: [status: number, count: number][] = []
  const differences: string[] = []
  for (let nth = 1; nth <= times && step.request; nth += 1) {
    const answer = await send(step.request, run.variables, run.server.base)
    const last = runs.at(-1)
    if (last?.[0] === answer.status) last[1] += 1
    else runs.push([answer.status, 1])
    const recorded = step.firstOfEach?.find((each) => each.nth === nth)
    if (recorded)
      differences.push(
        ...compareResponse(recorded.response, answer, run.normaliser).map(
          (each) => `request ${nth}: ${each}`,
        ),
      )
  }
  return [...compareJson(step.statusRuns ?? [], runs, 'statuses'), ...differences]
}
