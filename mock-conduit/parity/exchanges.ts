import { captureFrom } from './capture.ts'
import { compareJson, compareResponse } from './compare.ts'
import type { Normaliser } from './normalise.ts'
import type { Exchange, RecordedStep, Recording } from './recording.ts'
import { send } from './send.ts'
import type { ServerUnderTest } from './server-under-test.ts'
import type { Variables } from './variables.ts'

/** A scenario as it is being played. */
export interface Run {
  recording: Recording
  server: ServerUnderTest
  variables: Variables
  normaliser: Normaliser
  /** Whether a derivation may leave its text as it was; else it throws. */
  acceptUnchanged: boolean
}

/** Sends what a step sends; every difference of what came back, and none for a step that sends nothing. */
export async function exchangeStep(run: Run, step: RecordedStep): Promise<string[]> {
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
