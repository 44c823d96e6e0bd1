import { defineCheck } from '../../check.ts'
import { isAccepted, statusText } from '../../instruments/http-exchange.ts'

/** What is gone within two minutes may remind other instances of the logout. */
const STORED_MS = 120_000

export const vault09 = defineCheck({
  id: 'VAULT-09',
  title: 'Logout deletes the entry of the session from the vault',
  level: 'SHOULD',
  profiles: ['vault', 'hardening'],
  needs: { routes: ['login', 'list', 'logout'], redis: true },
  dependsOn: ['VAULT-08'],
  requirement: ['ASVS5-7.4.1'],
  source: [],
  mutants: ['logout-leaves-vault-entry'],
  usualCauses: [
    'logout marks the entry as ended, with all that is in it',
    'an index of sessions by user keeps the id',
  ],
  async run(ctx) {
    const { read } = ctx.vault
    if (!read) return ctx.skip('the vault is not in a Redis that the harness started')
    await ctx.drain()
    const before = new Map((await read()).map(({ key, text }) => [key, text]))
    const session = await ctx.signedIn()
    await ctx.drain()
    const changed = (await read()).filter(({ key, text }) => before.get(key) !== text)
    if (changed.length === 0)
      ctx.skip('a login leaves nothing in the Redis that the target was given')
    ctx.witness('a login left an entry in the vault', true)
    const out = await session.call('logout')
    ctx.setup(isAccepted(out), `logout answered ${statusText(out)}.`)
    await ctx.drain()
    const weight = Math.max(...changed.map(({ text }) => text.length))
    const left = (await read()).filter(
      ({ key, text, ttlMs }) =>
        !before.has(key) && text.length >= weight / 2 && (ttlMs === undefined || ttlMs > STORED_MS),
    )
    ctx.expect('entries of the session left in the vault after logout', 0, left.length)
  },
})
