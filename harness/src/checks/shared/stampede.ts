import type { JournalEntry } from 'mock-conduit'
import type { CheckContext } from '../../context.ts'
import type { Exchange, OpenExchange } from '../../instruments/http-exchange.ts'
import { journalMark, RENEW, type JournalView } from '../../instruments/journal-view.ts'
import { steady } from '../../instruments/settle.ts'
import type { RouteName } from '../../target/schema.ts'
import type { Session } from '../../session.ts'

/** Calls that need a renewal at the same time, and what proves that they did. */
export interface Stampede {
  /** Of the list calls. */
  answers: Exchange[]
  view: JournalView
  /** Calls whose 401 was held back at one moment. */
  refusedTogether: number
  /** Client calls without an answer while the renewal was held open, and the instances they were sent to. */
  waitingForRenewal: number
  instances: number
  renewals: JournalEntry[]
}

export interface StampedePlan {
  calls: number
  /** Instances the calls are spread over. */
  over: number
  /** Called in turn; the list alone by default. */
  routes?: readonly RouteName[]
}

/** Long enough for a busy machine to bring every call upstream. */
const REACH_UPSTREAM_MS = 8000

/**
 * Sends `calls` requests at once for a session whose token has expired. Their 401s are held until all wait there (or no more come),
 * then the renewal is held until everybody who wants one has asked; so nobody can be late by luck.
 */
export async function stampede(
  ctx: CheckContext,
  session: Session,
  { calls, over, routes = ['list'] }: StampedePlan,
): Promise<Stampede> {
  const { control } = ctx.backend
  const routeOf = (index: number) => routes[index % routes.length] ?? 'list'
  const since = await ctx.mark()
  const user = session.user.id
  const refused = await ctx.gate({ operation: '*', user, status: 401, at: 'answer' })
  const renewal = await ctx.gate({ operation: RENEW, user, at: 'request' })
  const opened = await Promise.all(
    Array.from({ length: calls }, (_, index) =>
      session.open(routeOf(index), { instance: index % over }),
    ),
  )
  await Promise.all(opened.map((each) => each.sent))
  const finished = () => opened.every((each) => each.isDone())
  const arrivals = arrivalsSince(() => journalMark(control), since)
  await steady(arrivals, {
    forMs: 400,
    maxMs: REACH_UPSTREAM_MS,
    enough: async () => finished() || (await refused.now()) >= calls,
  })
  const refusedTogether = await refused.now()
  await refused.release()
  await steady(arrivals, { forMs: 400, maxMs: REACH_UPSTREAM_MS, enough: finished })
  const renewing = (await renewal.now()) > 0
  const waiting = renewing
    ? opened
        .map((each, index) => ({ each, instance: index % over }))
        .filter(({ each }) => !each.isDone())
    : []
  await renewal.release()
  const answers = await Promise.all(opened.map((each: OpenExchange) => each.done))
  await ctx.drain()
  const view = await ctx.journal(since, session.user)
  const refusing = new Set(
    view
      .data()
      .filter((entry) => entry.status === 401)
      .map((entry) => entry.instance),
  )
  const instances = Math.max(new Set(waiting.map(({ instance }) => instance)).size, refusing.size)
  return {
    answers: answers.filter((_, index) => routeOf(index) === 'list'),
    view,
    refusedTogether,
    waitingForRenewal: waiting.length,
    instances,
    renewals: view.renews(),
  }
}

/** Counts as moving until the first request has arrived: a slow start is not quiet. */
export function arrivalsSince(read: () => Promise<number>, since: number): () => Promise<number> {
  let before = 0
  return async () => {
    const last = await read()
    return last > since ? last : (before -= 1)
  }
}
