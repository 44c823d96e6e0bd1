import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
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
  mutants: ['save-after-logout'],
  usualCauses: [
    'the renewal saves its tokens without looking whether the session still exists',
    'each answer sets the session cookie again',
  ],
  async run(ctx) {
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const user = session.user.id
    await ctx.fault({
      operation: 'POST /authentication/logout',
      times: null,
      effect: { status: 200, body: '{"result":"LoggedOut"}' },
    })
    const gate = await ctx.gate({ operation: RENEW, user, at: 'answer' })
    const stolen = session.copy()
    const late = await session.open('list')
    ctx.witness('a renewal is under way', await gate.waiting(1, 8000))
    const leaving = await session.open('logout')
    // A target that lets the logout wait for the renewal is as right as one that does not.
    await until(3000, () => leaving.isDone())
    await gate.release()
    const out = await leaving.done
    await late.done
    await ctx.drain()
    ctx.setup(out.status > 0 && out.status < 400, `logout answered ${statusText(out)}.`)
    const inBrowser = await session.call('list')
    const replayed = await stolen.call('list')
    ctx.require("list with the browser's cookies", isSignedOut(inBrowser), {
      expected: '401 or 403',
      got: statusText(inBrowser),
    })
    ctx.require('list with the cookies from before the logout', isSignedOut(replayed), {
      expected: '401 or 403',
      got: statusText(replayed),
    })
  },
})
