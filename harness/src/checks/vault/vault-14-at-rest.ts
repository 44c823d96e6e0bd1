import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import type { VaultEntry } from '../../instruments/vault-content.ts'
import { sessionCookies } from '../shared/session-cookies.ts'

/** What is shorter counts or points to something, and is no entry. */
const SMALL = 100
/** Cookies shorter than this may be a word that a key holds by chance. */
const TELLING = 16

export const vault14 = defineCheck({
  id: 'VAULT-14',
  title: 'What lies in the vault has an end, and is of no use to who reads it',
  level: 'SHOULD',
  profiles: ['vault', 'hardening'],
  needs: { routes: ['login', 'list'], redis: true },
  dependsOn: [],
  requirement: ['ASVS5-14.2', 'BBA#pattern-bff-cookie-security'],
  source: ['refresh tokens live as long as authentication.refreshTokens.expiryPeriod says'],
  mutants: ['vault-no-ttl-plaintext', 'renewal-drops-ttl', 'quoted-cookie-is-vault-key'],
  usualCauses: [
    'entries are written without a time to live, or lose it when a renewal writes them anew',
    'a renewal writes the entry with the life of the access token',
    'tokens are stored as they came',
    'the key of the entry is the value of the cookie',
    'a lock is named by the token it guards, or renewed tokens are told to other instances by a channel',
  ],
  async run(ctx) {
    const { read } = ctx.vault
    if (!read) return ctx.skip('the vault is not in a Redis that the harness started')
    await ctx.drain()
    const before = new Map((await read()).map(({ key, text }) => [key, text]))
    const ears = ctx.vault.proxies.map((proxy) => proxy.listen())
    const session = await ctx.signedIn()
    const cookies = (await sessionCookies(ctx, session)).map(({ value }) => readable(value))
    const added = async () => {
      await ctx.drain()
      return (await read()).filter(({ key }) => !before.has(key))
    }
    const byLogin = await added()
    if (byLogin.length === 0) ctx.skip('a login adds no key to the Redis that the target was given')
    ctx.witness(`${byLogin.length} keys that a login added`, true)
    await expectAtRest(ctx, byLogin, { cookies, when: '' })
    if (ctx.discovery.expiry.includes('decree')) {
      await ctx.expire(session.user)
      await session.call('list')
      const byRenewal = await added()
      await expectAtRest(ctx, byRenewal, { cookies, when: ' after a renewal' })
      expectNotShortened(ctx, byLogin, byRenewal)
    }
    const said = ears.map((each) => ({ where: 'commands', text: each.heard().toString('latin1') }))
    ctx.expect(
      'tokens that commands to the vault hold (names of locks, messages to channels)',
      [],
      [...new Set((await ctx.leaksIn(said)).map(describeLeak))],
    )
  },
})

/** A life of seconds passes between the two; a renewal that leaves less than half signs the user out long before time. */
function expectNotShortened(
  ctx: CheckContext,
  byLogin: readonly VaultEntry[],
  byRenewal: readonly VaultEntry[],
): void {
  const [before, after] = [longestLife(byLogin), longestLife(byRenewal)]
  if (before === undefined || after === undefined) return
  ctx.require('the life of the entry after a renewal', after >= before / 2, {
    expected: `about ${seconds(before)} as after the login`,
    got: seconds(after),
  })
}

function longestLife(entries: readonly VaultEntry[]): number | undefined {
  const lives = entries.flatMap(({ text, ttlMs }) =>
    ttlMs === undefined || text.length < SMALL ? [] : [ttlMs],
  )
  return lives.length === 0 ? undefined : Math.max(...lives)
}

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`

async function expectAtRest(
  ctx: CheckContext,
  added: readonly VaultEntry[],
  { cookies, when }: { cookies: readonly string[]; when: string },
): Promise<void> {
  ctx.expect(
    `keys that never go by themselves${when}`,
    0,
    added.filter(({ text, ttlMs }) => ttlMs === undefined && text.length >= SMALL).length,
  )
  const leaks = await ctx.leaksIn(
    added.map(({ key, text }) => ({ where: 'the vault', text: `${key}\n${text}` })),
  )
  ctx.expect(`tokens that can be read${when}`, [], [...new Set(leaks.map(describeLeak))])
  const named = added.filter(({ key }) => cookies.some((value) => holds(key, value)))
  ctx.expect(`keys that hold the value of a cookie${when}`, 0, named.length)
}

/** Whether a key says all that is long in a cookie: quotes and the name of a kind around an id keep nothing secret, a signature beside it does. */
function holds(key: string, cookie: string): boolean {
  const long = cookie.match(/[\w-]+/g)?.filter((piece) => piece.length >= TELLING) ?? []
  const isWhole = cookie.length >= TELLING && key.includes(cookie)
  return isWhole || (long.length > 0 && long.every((piece) => key.includes(piece)))
}

function readable(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
