import type { FaultEffect } from 'mock-conduit'
import type { CheckContext } from '../../context.ts'
import type { Exchange } from '../../instruments/http-exchange.ts'
import type { JournalView } from '../../instruments/journal-view.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from './answers.ts'
import { declaredCalls, type DeclaredCall } from './declared-calls.ts'
import { sideBySide } from './side-by-side.ts'

/** A call that met what the backend was told to answer. */
export interface Troubled {
  answer: Exchange
  view: JournalView
  /** The largest number of calls of one upstream operation. */
  attempts: number
}

/** Every declared call but those of `others` that are judged elsewhere (the plain list), each with a user of its own, side by side. */
export async function besideList(
  ctx: CheckContext,
  act: (call: DeclaredCall, session: Session) => Promise<void>,
  others: readonly string[] = ['list'],
): Promise<void> {
  await sideBySide(
    declaredCalls(ctx)
      .filter(({ about }) => !others.includes(about))
      .map(async (call) => act(call, await ctx.signedIn())),
  )
}

/** Makes a call whose upstream calls are all answered so; undefined when there are none, or the call does not work to begin with. */
export async function troubledCall(
  ctx: CheckContext,
  session: Session,
  { route, options }: DeclaredCall,
  effect: FaultEffect,
): Promise<Troubled | undefined> {
  const before = await ctx.mark()
  const usual = await session.call(route, options)
  const calls = (await ctx.journal(before, session.user)).data()
  if (!isSuccess(usual) && usual.status !== 303 && usual.status !== 302) return undefined
  const faults = []
  for (const operation of new Set(calls.map((entry) => entry.operation)))
    faults.push(await ctx.fault({ operation, user: session.user.id, times: null, effect }))
  const since = await ctx.mark()
  const answer = await session.call(route, options)
  await ctx.drain()
  for (const fault of faults) await fault.remove()
  const view = await ctx.journal(since, session.user)
  const met = view.data()
  if (met.every(({ fault }) => fault === undefined)) return undefined
  const counts = met.map(
    ({ operation }) => met.filter((other) => other.operation === operation).length,
  )
  return { answer, view, attempts: Math.max(...counts) }
}
