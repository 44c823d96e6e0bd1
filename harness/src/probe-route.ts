import type { Backend } from './instruments/backend.ts'
import { isAccepted, jsonOf, statusText, type Exchange } from './instruments/http-exchange.ts'
import { journalMark, readJournal } from './instruments/journal-view.ts'
import type { Recorder } from './instruments/recorder.ts'
import { describe, describeCall } from './session.ts'
import { setupHint, type HintFacts } from './setup-hint.ts'
import { lastLines, type SetupFacts } from './setup-text.ts'
import { listsIn } from './target/json-lists.ts'
import { readJsonPath } from './target/json-path.ts'
import type { Instance } from './target/running-instance.ts'
import type { RouteName, Target } from './target/schema.ts'

/** What a route is asked with, and what is looked at meanwhile. */
export interface RouteProber {
  target: Target
  backend: Backend
  recorder: Recorder
  instances: readonly Pick<Instance, 'output'>[]
}

/** One call of a declared route, seen from both sides. */
export interface ProbedRoute {
  answer: Exchange
  /** Upstream operations in order. */
  upstream: string[]
  /** Why the route does not work. */
  problem: SetupFacts | undefined
}

/** Calls a route once and says what it did; `judge` may find another problem than a refusal. */
export async function probeRoute(
  { target, backend, recorder, instances }: RouteProber,
  route: RouteName,
  {
    call,
    judge,
  }: {
    call: () => Promise<Exchange>
    judge?: (answer: Exchange) => Promise<SetupFacts | undefined>
  },
): Promise<ProbedRoute> {
  const [instance] = instances
  const before = instance?.output().length ?? 0
  const since = await journalMark(backend.control)
  const answer = await call()
  const upstream = (await readJournal(backend.control, since)).entries.map((entry) =>
    entry.operation === 'unknown' ? `unknown (${entry.method} ${entry.path})` : entry.operation,
  )
  const problem = isAccepted(answer) ? await judge?.(answer) : undefined
  const facts: HintFacts = { target, upstream, exchanges: recorder.current() }
  const refused = isAccepted(answer)
    ? problem
    : {
        problem: route === 'login' ? 'login was not accepted.' : `routes.${route} does not work.`,
        sent: describeCall(answer.call),
        got: describe(answer),
        change: setupHint(answer, route, facts),
      }
  return {
    answer,
    upstream,
    problem: refused && {
      ...refused,
      upstream: upstream.join(', ') || 'nothing: the BFF called no backend of the harness',
      printed: lastLines(instance?.output().slice(before) ?? ''),
    },
  }
}

/** How many items the list route showed; undefined when there is no list where `items` says. */
export function countItems(target: Target, answer: Exchange): number | undefined {
  const path = target.routes.list.items
  const body = jsonOf(answer)
  const items = path === undefined ? body : readJsonPath(body, path)
  return Array.isArray(items) ? items.length : undefined
}

/** Why the answer of the list route shows no list. */
export function noListProblem(target: Target, answer: Exchange): SetupFacts | undefined {
  const { items } = target.routes.list
  if (items === undefined || countItems(target, answer) !== undefined) return undefined
  const body = jsonOf(answer)
  const elsewhere = listsIn(body).map(({ path, items: { length } }) => `${path} (${length} items)`)
  return {
    problem: `routes.list answers ${statusText(answer)}, but there is no list at ${items}.`,
    sent: describeCall(answer.call),
    got: describe(answer),
    change: changeOfItems(answer, body, elsewhere),
  }
}

function changeOfItems({ status }: Exchange, body: unknown, elsewhere: readonly string[]): string {
  if (elsewhere.length > 0)
    return `Correct routes.list.items; there are lists at ${elsewhere.join(', ')}.`
  if (status >= 300)
    return 'It sends the browser away, as one who is not signed in: look at session.cookie and the login; or correct the path of routes.list.'
  return body === undefined
    ? 'This is no JSON (a page?): correct the path of routes.list; it must be the route that answers with data.'
    : 'Correct routes.list.items, or the path and query of routes.list.'
}
