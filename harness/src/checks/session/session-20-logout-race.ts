import { defineCheck } from '../../check.ts'
import type { CheckContext, HeldGate } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { isSignedOut } from '../shared/answers.ts'

export const session20 = defineCheck({
  id: 'SESSION-20',
  title: 'An answer that comes after the logout does not bring the session back',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'logout'] },
  dependsOn: ['REFRESH-01', 'VAULT-08'],
  requirement: [
    'NA0 should not re-create a session deleted by a concurrent logout',
    'T-33',
    'T-34',
    'T-35',
    'T-36',
  ],
  source: ['logout and renew at one moment both answer 200, and the renewed tokens live on'],
  mutants: ['save-after-logout', 'rolling-save-after-logout', 'last-use-noted-after-logout'],
  usualCauses: [
    'the renewal saves its tokens without looking whether the session still exists',
    'each answer sets the session cookie again',
    'each request saves its session when it ends: time of use, sliding life',
  ],
  async run(ctx) {
    // The backend keeps the tokens alive, so that only the target's own logout counts.
    await ctx.fault({
      operation: 'POST /authentication/logout',
      times: null,
      effect: { status: 200, body: '{"result":"LoggedOut"}' },
    })
    await lateRenewal(ctx)
    await lateList(ctx)
  },
})

async function lateRenewal(ctx: CheckContext): Promise<void> {
  const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
  const stolen = session.copy()
  const gate = await ctx.gate({ operation: RENEW, user: session.user.id, at: 'answer' })
  ctx.witness('a renewal is under way', await outrun(ctx, session, gate))
  await expectEnded(session, stolen, { ctx, when: '' })
}

/** A list that needs no renewal and ends after the logout, for sessions that are saved whenever something ends. */
async function lateList(ctx: CheckContext): Promise<void> {
  await ctx.drain()
  const before = new Set((await ctx.vault.read?.())?.map(({ key }) => key))
  const session = await ctx.signedIn()
  await ctx.drain()
  const ending = new Set(
    (await ctx.vault.read?.())
      ?.filter(({ key, ttlMs }) => !before.has(key) && ttlMs !== undefined)
      .map(({ key }) => key),
  )
  const stolen = session.copy()
  const gate = await ctx.gate({ operation: '*', user: session.user.id, at: 'answer', times: 1 })
  if (!(await outrun(ctx, session, gate))) {
    ctx.note('the list came without a call of the backend, so none could end after the logout')
    return
  }
  await expectEnded(session, stolen, { ctx, when: ', after a list that ended late' })
  const left = (await ctx.vault.read?.())?.filter(
    ({ key, ttlMs }) => ttlMs === undefined && ending.has(key),
  )
  ctx.expect('keys of the session that stay in the vault for ever', 0, left?.length ?? 0)
}

/** Signs out while a list waits upstream, then lets the list go on. False when it did not wait. */
async function outrun(ctx: CheckContext, session: Session, gate: HeldGate): Promise<boolean> {
  const late = await session.open('list')
  const isHeld = await gate.waiting(1, 8000)
  const leaving = await session.open('logout')
  // A target that lets the logout wait for what is under way is as right as one that does not.
  await until(3000, () => leaving.isDone())
  await gate.release()
  const out = await leaving.done
  await late.done
  await ctx.drain()
  ctx.setup(out.status > 0 && out.status < 400, `logout answered ${statusText(out)}.`)
  return isHeld
}

async function expectEnded(
  session: Session,
  stolen: Session,
  { ctx, when }: { ctx: CheckContext; when: string },
): Promise<void> {
  const inBrowser = await session.call('list')
  const replayed = await stolen.call('list')
  ctx.require(`list with the browser's cookies${when}`, isSignedOut(inBrowser), {
    expected: '401 or 403',
    got: statusText(inBrowser),
  })
  ctx.require(`list with the cookies from before the logout${when}`, isSignedOut(replayed), {
    expected: '401 or 403',
    got: statusText(replayed),
  })
}
