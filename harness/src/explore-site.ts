import { discover, type Discovery } from './discovery.ts'
import type { Backend } from './instruments/backend.ts'
import type { Site } from './instruments/browser.ts'
import type { Recorder } from './instruments/recorder.ts'
import type { Target } from './target/schema.ts'
import type { Instance } from './target/running-instance.ts'
import { SetupProblem } from './verdict/outcome-errors.ts'

/** Where a started target is told that its users find it; the harness stands in for the TLS edge. */
export const EDGE_ORIGIN = 'https://app.test'

interface Exploring {
  instances: readonly Instance[]
  backend: Backend
  recorder: Recorder
}

/** A target without a declared origin may compare `Origin` with what it was told or with its own address: the first way that works is kept. */
export async function exploreSite(
  target: Target,
  { instances, backend, recorder }: Exploring,
): Promise<{ site: Site; discovery: Discovery }> {
  let best: { site: Site; discovery: Discovery; problems: number } | undefined
  let problem: SetupProblem | undefined
  let forged = false
  for (const origin of originsToTry(target)) {
    const site: Site = {
      origin,
      instances: instances.map((each) => each.url),
      csrf: target.session.csrf,
      deadlineMs: target.policy.deadline,
    }
    try {
      const discovery = await discover({ target, site, backend, recorder, instances })
      const problems = discovery.routes.filter((route) => route.problem !== undefined).length
      if (problems === 0) return { site, discovery }
      if (!best || problems < best.problems) best = { site, discovery, problems }
    } catch (error) {
      if (!(error instanceof SetupProblem)) throw error
      const last = recorder.current().at(-1)
      // Another origin changes nothing of a BFF that does not answer, and a refusal as forged says the least.
      if (last?.failure !== undefined) throw error
      if (!problem || (forged && last?.status !== 403)) problem = error
      forged = last?.status === 403
    }
  }
  if (best) return best
  throw problem ?? new SetupProblem('the target was not asked.')
}

/** `undefined` stands for the instance's own address. */
function originsToTry({ origin, start }: Target): readonly (string | undefined)[] {
  if (origin !== undefined) return [origin]
  return start.urls ? [undefined] : [EDGE_ORIGIN, undefined]
}
