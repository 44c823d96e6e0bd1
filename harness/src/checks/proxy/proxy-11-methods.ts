import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type HeaderList } from '../../instruments/http-exchange.ts'
import type { RouteCall } from '../../instruments/route-call.ts'
import { isSuccess } from '../shared/answers.ts'
import { upstreamOf } from '../shared/upstream-of.ts'

const METHODS = ['PUT', 'PATCH', 'DELETE', 'TRACE', 'CONNECT']
const OVERRIDES = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']

export const proxy11 = defineCheck({
  id: 'PROXY-11',
  title: 'The list is read with its own method only, and no header or parameter changes a method',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff-proxy', 'ASVS5-4.1.4'],
  source: [],
  mutants: ['method-override', 'any-method-list'],
  usualCauses: [
    'the route is registered for all methods',
    'a proxy route passes on whatever method comes',
    'a middleware lets a header or a parameter replace the method',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const usual = await upstreamOf(ctx, session, 'list')
    const attempt = async (about: string, edit: (call: RouteCall) => RouteCall) => {
      const since = await ctx.mark()
      const answer = await session.call('list', { edit })
      await ctx.drain()
      const data = (await ctx.journal(since)).data()
      ctx.expect(
        `upstream calls astray after ${about}`,
        [],
        data
          .filter((entry) => isWrite(entry, usual))
          .map(({ method, path }) => `${method} ${path}`),
      )
      return { answer, data }
    }
    for (const method of unusedMethods(ctx)) {
      const { answer, data } = await attempt(method, ({ body: _, ...call }) => ({
        ...call,
        method,
      }))
      ctx.expect(
        `lists read with ${method}`,
        [],
        data.map(({ operation }) => operation).filter((operation) => usual.includes(operation)),
      )
      ctx.require(`the answer to ${method}`, answer.failure !== undefined || answer.status >= 300, {
        expected: '405 or 404',
        got: statusText(answer),
      })
    }
    for (const method of ['DELETE', 'PUT', 'PATCH', 'POST']) {
      const headers: HeaderList = OVERRIDES.map((name) => [name, method])
      await attempt(`a method override to ${method}`, (call) => ({
        ...call,
        headers: [...call.headers, ...headers],
        path: `${call.path}${call.path.includes('?') ? '&' : '?'}_method=${method}`,
      }))
    }
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

/** Methods that no declared route has at the path of the list. */
function unusedMethods({ target }: CheckContext): string[] {
  const pathOf = (path: string) => path.split('?')[0]
  const used: (string | undefined)[] = Object.values(target.routes)
    .filter(
      (route) => route !== undefined && pathOf(route.path) === pathOf(target.routes.list.path),
    )
    .map((route) => route?.method)
  return METHODS.filter((method) => !used.includes(method))
}

/** What no reading of a list leads to; a BFF may well ask the backend who is signed in before it says no. */
const isWrite = ({ method, operation }: JournalEntry, usual: readonly string[]) =>
  method !== 'GET' && !usual.includes(operation)
