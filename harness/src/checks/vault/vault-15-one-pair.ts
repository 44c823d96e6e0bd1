import { defineCheck } from '../../check.ts'
import { inThePast, type CheckContext } from '../../context.ts'
import { isAccepted, statusText } from '../../instruments/http-exchange.ts'
import type { VaultEntry } from '../../instruments/vault-content.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'

const RENEWALS = 4
/** What is gone within two minutes is a lock or a hand-over between instances, not a store. */
const STORED_MS = 120_000

export const vault15 = defineCheck({
  id: 'VAULT-15',
  title: 'The vault holds one token pair for a session, and none that was replaced',
  level: 'MUST',
  profiles: ['vault'],
  needs: { routes: ['login', 'list', 'logout'], redis: true },
  dependsOn: ['REFRESH-01'],
  requirement: ['RFC9700#4.14'],
  source: ['a renew answers a new pair; the one before is of no use to anybody but a thief'],
  mutants: ['vault-appends-history'],
  usualCauses: [
    'each renewal writes a new entry and leaves the one before',
    'pairs are kept in a list, for debugging or for an audit',
    'logout removes the pointer to the entry, but not the entry',
  ],
  async run(ctx) {
    if (!ctx.vault.read) ctx.skip('the vault is not in a Redis that the harness started')
    await ctx.drain()
    const before = await stored(ctx)
    const session = await ctx.signedIn()
    const atLogin = weight(await stored(ctx), before)
    if (atLogin === 0) ctx.skip('a login leaves nothing in the Redis that the target was given')
    await renewSeveralTimes(ctx, session)
    await expectOnePair(ctx, session, { before, atLogin, when: `after ${RENEWALS} renewals` })
    const out = await session.call('logout')
    ctx.setup(isAccepted(out), `logout answered ${statusText(out)}.`)
    await ctx.signIn(session)
    await session.call('list')
    await expectOnePair(ctx, session, { before, atLogin, when: 'after logout and login' })
  },
})

async function renewSeveralTimes(ctx: CheckContext, session: Session): Promise<void> {
  const { expiry } = ctx.discovery
  const first = await ctx.generation(session.user)
  for (let round = 0; round < RENEWALS; round += 1) {
    const renew = async () => {
      if (expiry.includes('decree')) await ctx.expire(session.user)
      const answer = await session.call('list')
      ctx.setup(isSuccess(answer), `the call that should renew answered ${statusText(answer)}.`)
    }
    await (expiry.includes('decree') ? renew() : inThePast(ctx.backend, renew))
  }
  await ctx.drain()
  const renewals = (await ctx.generation(session.user)) - first
  ctx.witness(`${renewals} renewals of one session`, renewals >= RENEWALS - 1)
}

interface Moment {
  before: readonly VaultEntry[]
  atLogin: number
  when: string
}

/** Encrypted pairs cannot be read, but they have a weight: tokens are random, and no packing makes them small. */
async function expectOnePair(
  ctx: CheckContext,
  session: Session,
  { before, atLogin, when }: Moment,
): Promise<void> {
  const now = await stored(ctx)
  const tokens = await ctx.backend.control.tokens(session.user.id)
  const current = await ctx.generation(session.user)
  const untouched = new Map(before.map(({ key, text }) => [key, text]))
  const changed = now.filter(({ key, text }) => untouched.get(key) !== text)
  const readable = await ctx.leaksIn(
    changed.map(({ key, text }) => ({ where: `key ${key}`, text: `${key}\n${text}` })),
    ['refresh'],
  )
  const old = readable.filter(
    ({ canary }) => canary.owner === session.user.email && canary.generation < current,
  )
  ctx.expect(
    `refresh tokens in the vault ${when} that were replaced`,
    [],
    [...new Set(old.map(({ canary }) => `RT${canary.generation}`))],
  )
  const refresh = Math.max(
    ...tokens.filter(({ kind }) => kind === 'refresh').map(({ token }) => token.length),
  )
  const grown = weight(now, before) - atLogin
  ctx.require(`bytes in the vault ${when}`, grown < refresh * 1.5, {
    expected: `about as many as after the login (${atLogin})`,
    got: `${grown} more`,
  })
}

const stored = async (ctx: CheckContext): Promise<readonly VaultEntry[]> =>
  ((await ctx.vault.read?.()) ?? []).filter(({ ttlMs }) => ttlMs === undefined || ttlMs > STORED_MS)

/** Bytes that came since: all of new keys, and what others gained. */
function weight(now: readonly VaultEntry[], before: readonly VaultEntry[]): number {
  const sizes = new Map(before.map(({ key, text }) => [key, text.length]))
  return now.reduce(
    (sum, { key, text }) => sum + Math.max(0, text.length - (sizes.get(key) ?? 0)),
    0,
  )
}
