import type { CheckContext } from '../../context.ts'
import type { CookieJar } from '../../instruments/cookie-jar.ts'
import { isAccepted, type Exchange } from '../../instruments/http-exchange.ts'
import { steady, until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { randomMarker } from '../../target/template.ts'
import { isSuccess, tally } from './answers.ts'

const ROUNDS = 3
const LEAVERS = 8
const OTHERS = 3
const CALLS_AFTER = 4
/** Short against the patience of a client of the vault. */
const ASKED_MS = 700
const SETTLED_MS = 5000
const SHORT = { forMs: 80, maxMs: 400 }

/**
 * Browsers leave while the vault is asked for their sessions, and others call at once, over the same connections to it. A client that takes an
 * abort for the end of its command hands the late reply to the next who waits. Gives the most messages to the vault that waited when their callers left.
 */
export async function leaveWhileVaultIsAsked(ctx: CheckContext): Promise<number> {
  const leaver = await ctx.signedIn()
  const others = await Promise.all(Array.from({ length: OTHERS }, () => staying(ctx)))
  let most = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const since = await ctx.mark()
    most = Math.max(most, await leaveAndCall(ctx, leaver, others))
    await expectOwn(ctx, since, { others, about: 'while some left' })
  }
  const since = await ctx.mark()
  const answers = []
  for (let call = 0; call < CALLS_AFTER; call += 1)
    for (const other of others) {
      const instance = call % ctx.instances.length
      // Whoever was told that he is signed out may come back with his cookies.
      const back = other.session.withJar(other.jar.clone())
      answers.push(await settled(back, instance))
      if (ctx.target.routes.create)
        await back.call('create', { instance, values: { nonce: noted(other) } })
    }
  await expectOwn(ctx, since, { others, about: 'after some have left' })
  ctx.require("other users' lists after some have left", answers.every(isSuccess), {
    expected: `2xx ×${answers.length}`,
    got: tally(answers),
  })
  return most
}

/** A client whose commands were given up may need a moment to come back. */
async function settled(session: Session, instance: number): Promise<Exchange> {
  let answer = await session.call('list', { instance })
  await until(SETTLED_MS, async () => {
    if (answer.failure === undefined && answer.status < 500) return true
    answer = await session.call('list', { instance })
    return false
  })
  return answer
}

/** A user who stays, with his cookies from before, and what he wrote. */
interface Staying {
  session: Session
  jar: CookieJar
  nonces: string[]
}

async function staying(ctx: CheckContext): Promise<Staying> {
  const session = await ctx.signedIn()
  // Gets the proof against CSRF too, where one has to be asked for.
  const created = ctx.target.routes.create ? await session.call('create') : undefined
  ctx.setup(created === undefined || isAccepted(created), 'create does not work.')
  return { session, jar: session.browser.jar.clone(), nonces: [] }
}

function noted({ nonces }: Staying): string {
  const nonce = `n-${randomMarker(8)}`
  nonces.push(nonce)
  return nonce
}

async function leaveAndCall(
  ctx: CheckContext,
  leaver: Session,
  others: readonly Staying[],
): Promise<number> {
  const ways = ctx.vault.proxies.map((proxy) => proxy.hold())
  const waiting = () => ways.reduce((sum, way) => sum + way.waiting(), 0)
  const instanceOf = (call: number) => ({ instance: call % ctx.instances.length })
  try {
    const left = await Promise.all(
      Array.from({ length: LEAVERS }, (_, call) => leaver.open('list', instanceOf(call))),
    )
    await Promise.all(left.map(({ sent }) => sent))
    if (ways.length > 0) await until(ASKED_MS, () => waiting() > 0)
    await steady(waiting, SHORT)
    const waited = waiting()
    for (const each of left) each.abandon()
    const opened = await Promise.all(
      others.map((other, index) =>
        ctx.target.routes.create
          ? other.session.open('create', { ...instanceOf(index), values: { nonce: noted(other) } })
          : other.session.open('list', instanceOf(index)),
      ),
    )
    await Promise.all(opened.map(({ sent }) => sent))
    await steady(waiting, SHORT)
    for (const way of ways) way.release()
    await Promise.all(opened.map(({ done }) => done))
    return waited
  } finally {
    for (const way of ways) way.release()
  }
}

/** What a user wrote went to the backend with the user's own token. */
async function expectOwn(
  ctx: CheckContext,
  since: number,
  { others, about }: { others: readonly Staying[]; about: string },
): Promise<void> {
  await ctx.drain()
  const calls = (await ctx.journal(since)).data()
  const foreign = others.flatMap(({ session, nonces }) =>
    calls.filter(
      ({ path, requestBody, token }) =>
        nonces.some((nonce) => `${path} ${requestBody.text ?? ''}`.includes(nonce)) &&
        token?.userId !== session.user.id,
    ),
  )
  ctx.expect(
    `calls upstream in another user's name ${about}`,
    [],
    foreign.map(({ operation, token }) => `${operation} by ${token?.email ?? 'nobody'}`),
  )
}
