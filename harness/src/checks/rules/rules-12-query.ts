import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import { randomMarker } from '../../target/template.ts'
import { isSuccess } from '../shared/answers.ts'
import { inTurn } from '../shared/in-turn.ts'

const MANY = '100000'

export const rules12 = defineCheck({
  id: 'RULES-12',
  title: 'Of the query only what the route knows goes upstream',
  level: 'SHOULD',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff-proxy'],
  source: ['lists take skip, limit, sort, populate and scope from whoever asks'],
  mutants: ['query-passthrough', 'limit-passthrough'],
  usualCauses: [
    'the query of the browser is spread into the parameters of the upstream call',
    'the upstream URL is the path with the search of the request',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const { query = {}, filter = {} } = ctx.target.routes.list
    const own = [...Object.keys(query), ...Object.keys(filter)].map((name) => name.toLowerCase())
    const foreign = intrusions(randomMarker(6)).filter(({ name }) => !own.includes(name))
    let reached = 0
    const asked = await inTurn(ctx, foreign, ({ search }) =>
      session.call('list', {
        edit: (call) => ({
          ...call,
          path: `${call.path}${call.path.includes('?') ? '&' : '?'}${search}`,
        }),
      }),
    )
    for (const { act, outcome: answer, view } of asked) {
      const { name, value } = act
      const calls = view.data().filter(({ token }) => token?.userId === session.user.id)
      if (isSuccess(answer) && calls.length > 0) reached += 1
      ctx.expect(
        `upstream calls that carry ${name} of the browser`,
        [],
        calls.filter((call) => carries(call, value)).map(({ operation }) => operation),
      )
    }
    const since = await ctx.mark()
    const plain = await session.call('list')
    const calls = (await ctx.journal(since, session.user)).data()
    ctx.witness(
      `a list without them reaches the backend; of ${foreign.length} with them ${reached} did`,
      isSuccess(plain) && calls.length > 0,
    )
  },
})

interface Intrusion {
  name: string
  search: string
  /** What must not stand in an upstream query. */
  value: string
}

/** A word of the backend's query language, and one that nobody knows; each value occurs nowhere else. */
const intrusions = (marker: string): readonly Intrusion[] => [
  { name: 'populate', search: `populate=${marker}p`, value: `${marker}p` },
  { name: 'limit', search: `limit=${MANY}`, value: MANY },
  { name: 'limit', search: `limit=5&limit=${MANY}`, value: MANY },
  { name: '$where', search: `%24where=${marker}w`, value: `${marker}w` },
  { name: 'scope', search: `scope[]=Team%3A${marker}s`, value: `${marker}s` },
  { name: 'scope', search: `scope=Team%3A${marker}t`, value: `${marker}t` },
  { name: 'unknown', search: `x${marker}=${marker}u1&x${marker}=${marker}u2`, value: `${marker}u` },
]

function carries({ path, requestBody }: JournalEntry, value: string): boolean {
  const values = [...new URL(path, 'http://backend').searchParams.values()]
  return values.some((each) => each.includes(value)) || (requestBody.text ?? '').includes(value)
}
