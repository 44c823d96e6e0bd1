import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { isAccepted, textOf, type Exchange } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { randomMarker } from '../../target/template.ts'
import { dataRoutes, tally } from '../shared/answers.ts'

const CALLS = 200
const PARALLEL = 32

export const vault07 = defineCheck({
  id: 'VAULT-07',
  title: 'Two users at once never get into each other',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['VAULT-05', 'REFRESH-04'],
  requirement: ['ASVS5-8', 'RESTler NameSpaceRule', 'T-44', 'T-45', 'T-46'],
  source: [],
  mutants: ['axios-defaults-auth'],
  usualCauses: [
    'the token is set on a shared HTTP client',
    'the current user is a variable of the module',
    'answers are cached under a key without the user',
  ],
  async run(ctx) {
    const users = [await ctx.signedIn(), await ctx.signedIn()]
    await ctx.drain()
    const since = await ctx.mark()
    const asked = new Map<string, Session>()
    const lists = new Map(users.map((user) => [user, 0]))
    const answers: Exchange[] = []
    const jobs = Array.from({ length: CALLS }, (_, call) =>
      users.map((user) => ({ user, call })),
    ).flat()
    const work = async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) {
        if (job.call % 60 === 59) await ctx.expire(job.user.user)
        answers.push(await oneCall(ctx, job, { asked, lists }))
      }
    }
    await Promise.all(Array.from({ length: PARALLEL }, work))
    await ctx.drain()
    const view = await ctx.journal(since)
    const served = view.data().filter((entry) => entry.status < 400)
    // The backend answers 500, not 401, to an expired token on getFileUrl: previews may fail until another call renews.
    const judged = answers.filter((answer) => !isPreview(ctx, answer))
    const good = judged.filter(isAccepted).length
    ctx.witness(`most calls succeed (${tally(judged)})`, good >= judged.length * 0.9)
    ctx.witness(
      "both users' calls reach the backend",
      users.every(({ user }) => served.some((entry) => entry.token?.userId === user.id)),
    )
    const foreign = served.filter((entry) => {
      const owner = [...asked].find(
        ([mark]) => entry.path.includes(mark) || (entry.requestBody.text ?? '').includes(mark),
      )?.[1]
      return owner !== undefined && entry.token?.userId !== owner.user.id
    })
    ctx.expect(
      "upstream calls with the other user's token",
      [],
      foreign.map((entry) => `${entry.operation} by ${entry.token?.email ?? 'nobody'}`),
    )
    const strangers = answers.filter((answer) => showsOther(users, answer)).length
    ctx.expect("answers that show the other user's address", 0, strangers)
    expectBalance(ctx, users, {
      lists,
      served: served
        .filter((entry) => listOperations(ctx).includes(entry.operation))
        .map((entry) => entry.token?.userId ?? ''),
    })
  },
})

interface Marks {
  /** What in an upstream call tells who asked: a nonce in a body, a file id in a path. */
  asked: Map<string, Session>
  lists: Map<Session, number>
}

async function oneCall(
  ctx: CheckContext,
  { user, call }: { user: Session; call: number },
  { asked, lists }: Marks,
): Promise<Exchange> {
  const routes = dataRoutes(ctx)
  const route = routes[call % routes.length] ?? 'list'
  const instance = call % ctx.instances.length
  if (route === 'create') {
    const nonce = `n-${randomMarker(8)}`
    asked.set(nonce, user)
    return user.call('create', { instance, values: { nonce } })
  }
  if (route === 'preview') asked.set(user.user.file.id, user)
  else lists.set(user, (lists.get(user) ?? 0) + 1)
  return user.call(route, { instance })
}

const isPreview = ({ target }: CheckContext, answer: Exchange) =>
  answer.call.path.startsWith((target.routes.preview?.path ?? '\0').split('{{')[0] ?? '')

const listOperations = ({ discovery }: CheckContext) =>
  discovery.routes.find((route) => route.route === 'list')?.upstream ?? []

/** Where every list call has its own upstream call, each user must have as many as were asked: a call with the wrong token moves one over. */
function expectBalance(
  ctx: CheckContext,
  users: readonly Session[],
  { lists, served }: { lists: ReadonlyMap<Session, number>; served: readonly string[] },
): void {
  const asked = users.reduce((sum, user) => sum + (lists.get(user) ?? 0), 0)
  const perCall = listOperations(ctx).length
  if (served.length !== asked * perCall) return
  const counts = users.map(({ user }) => served.filter((id) => id === user.id).length)
  ctx.expect(
    'upstream list calls per user',
    users.map((user) => (lists.get(user) ?? 0) * perCall),
    counts,
  )
}

/** A user's answer may name the user; the other user's address has no place in it. Which user asked is read from the cookies sent. */
function showsOther(users: readonly Session[], answer: Exchange): boolean {
  const cookie = answer.call.headers.find(([name]) => name === 'Cookie')?.[1] ?? ''
  const asker = users.find(({ browser }) =>
    browser.jar.cookies().some(({ value }) => value !== '' && cookie.includes(value)),
  )
  if (!asker) return false
  return users.some((other) => other !== asker && textOf(answer).includes(other.user.email))
}
