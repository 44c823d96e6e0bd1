import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, textOf, type Exchange } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { fillText, randomMarker } from '../../target/template.ts'
import { isSuccess } from '../shared/answers.ts'
import { inTurn } from '../shared/in-turn.ts'

export const leak18 = defineCheck({
  id: 'LEAK-18',
  title: 'One user is never answered from what was fetched for another',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['T-44', 'T-45', 'T-46', 'T-79'],
  source: [],
  mutants: ['fetch-cache-revalidate'],
  usualCauses: [
    "the framework's fetch cache (revalidate) does not look at the token",
    'a cache of the module is keyed by the URL alone',
  ],
  async run(ctx) {
    const first = await ctx.signedIn()
    const second = await ctx.signedIn()
    const third = await ctx.visitor()
    await ctx.signIn(third)
    const sessions = [first, second, third]
    await askedInTurn(ctx, sessions, { what: 'list', call: (session) => session.call('list') })
    const { filter } = ctx.target.routes.list
    if (filter) {
      const term = `t${randomMarker(6)}`
      const query = Object.fromEntries(
        Object.entries(filter).map(([name, template]) => [
          name,
          // A term that no other check has filled a cache with.
          fillText(template, { term }),
        ]),
      )
      const call = (session: Session) => session.call('list', { query })
      await askedInTurn(ctx, sessions, { what: 'filtered list', call })
    }
    if (ctx.target.routes.me)
      await askedInTurn(ctx, sessions, { what: 'me', call: (session) => session.call('me') })
    ctx.witness('three users listed', (await ctx.generation(third.user)) > 0)
    if (ctx.target.routes.create === undefined) return
    await third.call('create')
    await ctx.backend.control.clearCache()
    const since = await ctx.mark()
    const fresh = await third.call('list')
    await ctx.drain()
    ctx.require(
      'an upstream call for the list after a create',
      (await ctx.journal(since, third.user)).data().length > 0,
      { expected: 'at least one', got: `none, but ${statusText(fresh)}` },
    )
  },
})

interface Asking {
  what: string
  call: (session: Session) => Promise<Exchange>
}

/** Each user asks once, the last of them for the first time ever. */
async function askedInTurn(
  ctx: CheckContext,
  sessions: readonly Session[],
  { what, call }: Asking,
): Promise<void> {
  let goesUpstream = what === 'list'
  for (const { act: session, outcome: answer, view } of await inTurn(ctx, sessions, call)) {
    const emails = view.data().map((entry) => entry.token?.email)
    ctx.setup(isSuccess(answer), `${what} answered ${statusText(answer)}.`)
    goesUpstream ||= emails.length > 0
    // A user's own earlier answer may be shown again; the first one of a user has to be fetched for this user.
    if (session === sessions.at(-1) && what !== 'me')
      ctx.expect(
        `users that the first ${what} of a user was fetched for`,
        goesUpstream ? [session.user.email] : [],
        [...new Set(emails)],
      )
    else
      ctx.expect(
        `users that the ${what} was fetched for instead`,
        [],
        [...new Set(emails)].filter((email) => email !== session.user.email),
      )
    // Whoever asked before may be the one who is shown, also the user of another check.
    const others = (await ctx.backend.control.users()).filter(({ _id }) => _id !== session.user.id)
    const names = others.flatMap(({ _id, email }) => (what === 'me' ? [_id, email] : [email]))
    ctx.expect(
      `another user's address in the ${what}`,
      false,
      names.some((name) => name !== null && textOf(answer).includes(name)),
    )
  }
}
