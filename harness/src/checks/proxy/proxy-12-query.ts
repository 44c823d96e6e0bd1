import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { isAccepted, statusText, textOf, type Exchange } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { fillText, randomMarker } from '../../target/template.ts'
import { dataRoutes, isSuccess } from '../shared/answers.ts'
import { inTurn, type Acted } from '../shared/in-turn.ts'

const PLACE = 'bffcplace'
const SCRIPTS = 'Größe 文書 🎉'

/** What stands in the URL, and what it says; `+` may be read either way. */
const TERMS: readonly { raw: string; means: readonly string[] }[] = [
  { raw: 'one%2Btwo', means: ['one+two'] },
  { raw: 'one+two', means: ['one two', 'one+two'] },
  { raw: 'one%20two', means: ['one two'] },
  { raw: 'one%26two%3Dthree', means: ['one&two=three'] },
  { raw: 'Gr%C3%B6%C3%9Fe%20%E6%96%87%E6%9B%B8', means: ['Größe 文書'] },
  { raw: 'one%2520two', means: ['one%20two'] },
  { raw: 'fifty%25', means: ['fifty%'] },
  { raw: 'a%23b%3Fc', means: ['a#b?c'] },
  { raw: 'it%27s%20%22so%22', means: ['it\'s "so"'] },
  { raw: `${'word%20'.repeat(20)}end`, means: [`${'word '.repeat(20)}end`] },
]

export const proxy12 = defineCheck({
  id: 'PROXY-12',
  title: 'What a query or a text says arrives unchanged, and odd queries break nothing',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-4.2.5', 'NA0 3.4', 'NA0 3.5'],
  source: [],
  mutants: [
    'double-encodes-query',
    'plus-becomes-space',
    'long-query-500',
    'answers-read-as-latin1',
    'texts-sent-as-latin1',
    'long-term-cut',
  ],
  usualCauses: [
    'a value is encoded twice, or decoded twice',
    'the upstream URL is put together as text',
    'bytes become text, or text bytes, in the default encoding of the platform instead of UTF-8',
    'a long value is cut instead of refused',
    'a value that is too long, or there twice, is an exception that nobody thought of',
  ],
  async run(ctx) {
    const { filter } = ctx.target.routes.list
    const session = await ctx.signedIn()
    for (const [name, template] of Object.entries(filter ?? {})) {
      // A filter that is not the backend's at all is for RULES-04 to find.
      if (!(await goesUpstream(ctx, session, { name, template }))) continue
      await ctx.drain()
      const acted = await inTurn(ctx, TERMS, ({ raw }) =>
        session.call('list', {
          query: { [name]: fillText(template, { term: PLACE }) },
          edit: (call) => ({ ...call, path: call.path.replace(PLACE, raw) }),
        }),
      )
      const arrived = acted.filter((one) => arrives(ctx, name, one)).length
      ctx.witness(`${arrived} of ${TERMS.length} terms went upstream as ${name}`, arrived > 0)
    }
    for (const [about, search] of oddQueries(
      Object.keys(filter ?? ctx.target.routes.list.query ?? { q: '' }),
    )) {
      const answer = await session.call('list', {
        edit: (call) => ({
          ...call,
          path: `${call.path}${call.path.includes('?') ? '&' : '?'}${search}`,
        }),
      })
      ctx.require(`the answer to ${about}`, answer.failure === undefined && answer.status < 500, {
        expected: 'an answer below 500',
        got: statusText(answer),
      })
    }
    await textArrives(ctx, session)
    ctx.witness('the list still answers', isSuccess(await session.call('list')))
  },
})

/** Whether a plain word does, as it is. */
async function goesUpstream(
  ctx: CheckContext,
  session: Session,
  { name, template }: { name: string; template: string },
): Promise<boolean> {
  const since = await ctx.mark()
  await session.call('list', { query: { [name]: fillText(template, { term: PLACE }) } })
  await ctx.drain()
  return (await ctx.journal(since, session.user)).data().some((call) => says(call, PLACE))
}

function arrives(
  ctx: CheckContext,
  name: string,
  { act: { raw, means }, outcome: answer, view }: Acted<(typeof TERMS)[number], Exchange>,
): boolean {
  const calls = view.data()
  ctx.require(`the answer to ${name}=${raw}`, answer.failure === undefined && answer.status < 500, {
    expected: 'an answer below 500',
    got: statusText(answer),
  })
  // A term that the BFF does not allow is refused before anything goes upstream.
  if (!isSuccess(answer) || calls.length === 0) return false
  ctx.require(
    `what ${name}=${raw} says upstream`,
    calls.some((call) => means.some((meaning) => says(call, meaning))),
    { expected: means.join(' or '), got: calls.map(({ path }) => path).join(', ') },
  )
  return true
}

/** A text in several scripts goes upstream as it was written, and a list that shows it shows it so. */
async function textArrives(ctx: CheckContext, session: Session): Promise<void> {
  if (!dataRoutes(ctx).includes('create')) return
  const mark = `n-${randomMarker(8)}`
  const text = `${mark} ${SCRIPTS}`
  const since = await ctx.mark()
  const answer = await session.call('create', { values: { nonce: text } })
  await ctx.drain()
  const creates = (await ctx.journal(since, session.user)).data().filter((call) => says(call, mark))
  if (!isAccepted(answer) || creates.length === 0) return
  ctx.require(
    'what a text in several scripts says upstream',
    creates.every((call) => says(call, text)),
    { expected: text, got: creates.map(({ requestBody }) => requestBody.text ?? '').join(', ') },
  )
  const list = await session.call('list')
  const shown = plain(textOf(list))
  if (shown.includes(mark))
    ctx.require('what the list shows of a text in several scripts', shown.includes(quoted(text)), {
      expected: text,
      got: shown.slice(shown.indexOf(mark)).slice(0, text.length + 20),
    })
}

/** In a value of the query, or in the body; a BFF may put more around it. */
function says({ path, requestBody }: JournalEntry, meaning: string): boolean {
  const values = [...new URL(path, 'http://backend').searchParams.values()]
  return (
    values.some((value) => value.includes(meaning)) ||
    plain(requestBody.text ?? '').includes(quoted(meaning))
  )
}

const quoted = (text: string) => JSON.stringify(text).slice(1, -1)

/** JSON as one writes it, for some write every character beyond ASCII as an escape; other texts as they are. */
function plain(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return text
  }
}

function oddQueries(names: readonly string[]): [about: string, search: string][] {
  return names.flatMap((name): [string, string][] => [
    [`an empty ${name}`, `${name}=`],
    [`${name} without a value`, name],
    [`${name} twice`, `${name}=1&${name}=2`],
    [`${name} as a list`, `${name}[]=1&${name}[0]=2&${name}[x]=3`],
    [`${name} with a broken escape`, `${name}=%E0%A4%A`],
    [`${name} of 6 KB`, `${name}=${'x'.repeat(6000)}`],
  ])
}
