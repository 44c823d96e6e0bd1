import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { isAccepted, statusText, textOf } from '../../instruments/http-exchange.ts'
import { isRecord } from '../../is-record.ts'
import type { Session } from '../../session.ts'
import { listedSchema } from '../shared/listed-schema.ts'

const DOCUMENTS = 12
/** Fewer do not make an order. */
const LEAST = 3

export const rules07 = defineCheck({
  id: 'RULES-07',
  title: 'Lists are sorted by the backend',
  level: 'SHOULD',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['project rule'],
  source: ['lists and custom endpoints take sort'],
  mutants: ['sorts-page-itself', 'sort-not-passed-on'],
  usualCauses: [
    'a page is fetched in one order and sorted afterwards, so that only the page is in order',
    'the sort that the browser asks for is dropped',
  ],
  async run(ctx) {
    const { sort } = ctx.target.routes.list
    if (!sort) return ctx.skip('routes.list.sort is not declared')
    const session = await ctx.signedIn()
    const schema = await listedSchema(ctx, session, {})
    await ctx.backend.addDocuments(session.user, { schema, count: DOCUMENTS })
    await ctx.backend.control.clearCache()
    const usual = await listed(ctx, session, {})
    const sorted = await listed(ctx, session, sort)
    const asked = (calls: readonly JournalEntry[]) => calls.map(sortOf).join(', ') || 'no call'
    ctx.require('the sort upstream', asked(sorted.calls) !== asked(usual.calls), {
      expected: `another one than without ${JSON.stringify(sort)}`,
      got: asked(sorted.calls),
    })
    const places = sorted.calls.map((call) => placesIn(sorted.text, call))
    const most = Math.max(...places.map(({ length }) => length))
    if (most < LEAST)
      ctx.skip('the answer shows no id of the documents, so their order cannot be told')
    ctx.witness(`${most} documents of the backend are in the answer`, true)
    ctx.expect(
      'documents that stand elsewhere than in the answer of the backend',
      0,
      places.reduce((sum, each) => sum + misplaced(each), 0),
    )
  },
})

interface Listed {
  calls: JournalEntry[]
  text: string
}

async function listed(
  ctx: CheckContext,
  session: Session,
  query: Readonly<Record<string, string>>,
): Promise<Listed> {
  const since = await ctx.mark()
  const answer = await session.call('list', { query })
  ctx.setup(isAccepted(answer), `the list answered ${statusText(answer)}.`)
  const calls = (await ctx.journal(since, session.user))
    .data()
    .filter(({ operation }) => operation.includes('/database/'))
  ctx.witness('the list was fetched', calls.length > 0)
  return { calls, text: textOf(answer) }
}

const sortOf = ({ path }: JournalEntry) =>
  new URL(path, 'http://backend').searchParams.getAll('sort').join('+') || 'none'

/** Where each document of an upstream answer stands in a text, in the backend's order; those that are not in it are left out. */
function placesIn(text: string, { responseBody }: JournalEntry): number[] {
  return idsIn(responseBody.text ?? '')
    .map((id) => text.indexOf(`"${id}"`))
    .filter((place) => place >= 0)
}

function idsIn(answer: string): string[] {
  const value = parsed(answer)
  const documents = isRecord(value) && !Array.isArray(value) ? value['documents'] : value
  if (!Array.isArray(documents)) return []
  return documents.flatMap((each: unknown) =>
    isRecord(each) && typeof each['_id'] === 'string' ? [each['_id']] : [],
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** How many stand before one that the backend put before them. */
const misplaced = (places: readonly number[]) =>
  places.filter((place, index) => place < (places[index - 1] ?? 0)).length
