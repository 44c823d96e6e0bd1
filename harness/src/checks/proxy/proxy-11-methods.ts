import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import type { RouteCall } from '../../instruments/route-call.ts'
import { isSuccess } from '../shared/answers.ts'
import { inTurn } from '../shared/in-turn.ts'
import { upstreamOf } from '../shared/upstream-of.ts'

const METHODS = ['PUT', 'PATCH', 'DELETE', 'TRACE', 'CONNECT']
const OVERRIDDEN = ['DELETE', 'PUT', 'PATCH', 'POST']
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
    const attempts = [...unusedMethods(ctx).map(withMethod), ...OVERRIDDEN.map(withOverride)]
    const attempted = await inTurn(ctx, attempts, ({ edit }) => session.call('list', { edit }))
    for (const { act, outcome: answer, view } of attempted) {
      const data = view.data()
      ctx.expect(
        `upstream calls astray after ${act.about}`,
        [],
        data
          .filter((entry) => isWrite(entry, usual))
          .map(({ method, path }) => `${method} ${path}`),
      )
      if (!act.isForeign) continue
      ctx.expect(
        `lists read with ${act.about}`,
        [],
        data.map(({ operation }) => operation).filter((operation) => usual.includes(operation)),
      )
      ctx.require(
        `the answer to ${act.about}`,
        answer.failure !== undefined || answer.status >= 300,
        { expected: '405 or 404', got: statusText(answer) },
      )
    }
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

interface Attempt {
  about: string
  /** The list has no such method. */
  isForeign: boolean
  edit: (call: RouteCall) => RouteCall
}

const withMethod = (method: string): Attempt => ({
  about: method,
  isForeign: true,
  edit: ({ body: _, ...call }) => ({ ...call, method }),
})

const withOverride = (method: string): Attempt => ({
  about: `a method override to ${method}`,
  isForeign: false,
  edit: (call) => ({
    ...call,
    headers: [...call.headers, ...OVERRIDES.map((name): [string, string] => [name, method])],
    path: `${call.path}${call.path.includes('?') ? '&' : '?'}_method=${method}`,
  }),
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
