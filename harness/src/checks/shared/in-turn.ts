import type { CheckContext } from '../../context.ts'
import { journalView, type JournalView } from '../../instruments/journal-view.ts'

/** An act of a browser, what came of it, and what arrived at the backend from then until the next. */
export interface Acted<Act, Outcome> {
  act: Act
  outcome: Outcome
  view: JournalView
}

/**
 * Acts one after another and waits once, after the last, for what comes late; a late call counts for the act that was the last
 * when it arrived. For rules that each of the acts must keep: a call that is put down to the wrong one is found all the same.
 */
export async function inTurn<Act, Outcome>(
  ctx: CheckContext,
  acts: readonly Act[],
  perform: (act: Act) => Promise<Outcome>,
): Promise<Acted<Act, Outcome>[]> {
  const begun: { act: Act; outcome: Outcome; since: number }[] = []
  const first = await ctx.mark()
  for (const act of acts) {
    const since = begun.length === 0 ? first : await ctx.mark()
    begun.push({ act, outcome: await perform(act), since })
  }
  await ctx.drain()
  const { entries } = await ctx.journal(first)
  return begun.map(({ act, outcome, since }, index) => {
    const until = begun[index + 1]?.since ?? Infinity
    return {
      act,
      outcome,
      view: journalView(entries.filter(({ seq }) => seq > since && seq <= until)),
    }
  })
}
