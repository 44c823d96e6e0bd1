import { defineCheck } from '../../check.ts'
import { isAccepted, jsonOf, statusText, textOf } from '../../instruments/http-exchange.ts'
import { readJsonPath } from '../../target/json-path.ts'
import { fillText, randomMarker } from '../../target/template.ts'
import { listedSchema } from '../shared/listed-schema.ts'

const MATCHING = 7
const OTHERS = 60

export const rules04 = defineCheck({
  id: 'RULES-04',
  title: 'Filters are applied by the backend',
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['project rule'],
  source: ['/database/<Schema> does not filter; /database/function/<Name> does'],
  mutants: ['filters-in-memory', 'filters-one-page'],
  usualCauses: ['the list is fetched whole and filtered in the BFF or in the browser'],
  async run(ctx) {
    const { filter, items } = ctx.target.routes.list
    if (!filter) return ctx.skip('routes.list.filter is not declared')
    const session = await ctx.signedIn()
    const term = `t${randomMarker(6)}`
    const query = Object.fromEntries(
      Object.entries(filter).map(([name, template]) => [name, fillText(template, { term })]),
    )
    const schema = await listedSchema(ctx, session, query)
    const others = await ctx.backend.addDocuments(session.user, { schema, count: OTHERS })
    await ctx.backend.addDocuments(session.user, { schema, count: MATCHING, text: term })
    await ctx.backend.control.clearCache()
    const since = await ctx.mark()
    const answer = await session.call('list', { query })
    ctx.setup(isAccepted(answer), `the filtered list answered ${statusText(answer)}.`)
    const calls = (await ctx.journal(since, session.user)).data()
    const listed = items === undefined ? undefined : readJsonPath(jsonOf(answer), items)
    const went = calls.some(
      (entry) => entry.path.includes(term) || (entry.requestBody.text ?? '').includes(term),
    )
    // Who filters the one page that was fetched may find nothing.
    ctx.witness(
      `documents that match are listed (${Array.isArray(listed) ? listed.length : 'some'}), or the list was fetched without the term`,
      textOf(answer).includes(term) || (calls.length > 0 && !went),
    )
    ctx.require('the term in an upstream call', went, {
      expected: `a call with ${term}`,
      got: calls.map((entry) => entry.path).join(', '),
    })
    ctx.expect(
      'documents in the answer that do not match',
      0,
      others.filter((marker) => textOf(answer).includes(marker)).length,
    )
  },
})
