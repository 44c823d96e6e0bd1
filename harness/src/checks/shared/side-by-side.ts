import type { CheckContext } from '../../context.ts'
import type { Session } from '../../session.ts'

/** Waits until all have ended, for none may go on beside the next check; of those that failed the first in the list is thrown. */
export async function sideBySide<Value>(parts: readonly Promise<Value>[]): Promise<Value[]> {
  const outcomes = await Promise.allSettled(parts)
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
}

/** Gives each case an expired session of its own and tries them side by side. The sessions are made one after another before, for that may move the backend's clock. */
export async function eachExpired<Case>(
  ctx: CheckContext,
  cases: readonly Case[],
  attempt: (session: Session, one: Case) => Promise<void>,
): Promise<void> {
  const ready: [Session, Case][] = []
  for (const one of cases) ready.push([await ctx.expired(ctx.discovery.expiry[0] ?? 'decree'), one])
  await sideBySide(ready.map(([session, one]) => attempt(session, one)))
}

/** Does something for each of many, a few at a time; the outcomes stand in the order of the many. */
export async function inBatches<One, Outcome>(
  many: readonly One[],
  atOnce: number,
  act: (one: One) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let from = 0; from < many.length; from += atOnce)
    outcomes.push(...(await sideBySide(many.slice(from, from + atOnce).map(act))))
  return outcomes
}
