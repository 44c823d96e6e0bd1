import { defineCheck } from '../../check.ts'
import { isAccepted, jsonOf, statusText } from '../../instruments/http-exchange.ts'
import { readJsonPath } from '../../target/json-path.ts'
import { listedSchema } from '../shared/listed-schema.ts'

const BY_NUMBER = ['page', 'p', 'pagenumber', 'pageno']
const BY_OFFSET = ['skip', 'offset', 'start']

export const rules05 = defineCheck({
  id: 'RULES-05',
  title: 'Pages are cut by the backend',
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['project rule'],
  source: ['lists take skip and limit; the default limit is 25'],
  mutants: ['fetch-all-then-slice'],
  usualCauses: ['everything is fetched with a high limit and sliced in the BFF'],
  async run(ctx) {
    const { pageSize, query = {}, items } = ctx.target.routes.list
    if (pageSize === undefined || items === undefined)
      return ctx.skip('routes.list.pageSize or items is not declared')
    const parameter = Object.keys(query).find((name) =>
      [...BY_NUMBER, ...BY_OFFSET].includes(name.toLowerCase()),
    )
    if (parameter === undefined) return ctx.skip('routes.list.query names no page parameter')
    const session = await ctx.signedIn()
    const schema = await listedSchema(ctx, session, {})
    await ctx.backend.addDocuments(session.user, { schema, count: pageSize * 4 })
    await ctx.backend.control.clearCache()
    const first = Number(query[parameter])
    for (const further of [0, 2]) {
      const step = BY_OFFSET.includes(parameter.toLowerCase()) ? pageSize : 1
      const since = await ctx.mark()
      const answer = await session.call('list', {
        query: { [parameter]: String(first + further * step) },
      })
      ctx.setup(isAccepted(answer), `page ${1 + further} answered ${statusText(answer)}.`)
      const calls = (await ctx.journal(since, session.user))
        .data()
        .filter((entry) => entry.operation.includes('/database/'))
      ctx.witness(`page ${1 + further} was fetched`, calls.length > 0)
      const asked = calls.map((entry) => {
        const search = new URL(entry.path, 'http://backend').searchParams
        return { skip: Number(search.get('skip') ?? 0), limit: Number(search.get('limit') ?? 25) }
      })
      ctx.require(
        `limits upstream for page ${1 + further}`,
        asked.every(({ limit }) => limit <= pageSize + 1),
        { expected: `at most ${pageSize + 1}`, got: asked.map(({ limit }) => limit).join() },
      )
      ctx.require(
        `skips upstream for page ${1 + further}`,
        asked.some(({ skip }) => skip === further * pageSize),
        { expected: String(further * pageSize), got: asked.map(({ skip }) => skip).join() },
      )
      const listed = readJsonPath(jsonOf(answer), items)
      const count = Array.isArray(listed) ? listed.length : -1
      ctx.require(`items on page ${1 + further}`, count >= 0 && count <= pageSize, {
        expected: `at most ${pageSize}`,
        got: String(count),
      })
    }
  },
})
