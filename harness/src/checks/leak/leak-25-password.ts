import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
import type { RouteCall } from '../../instruments/route-call.ts'
import { undecodable } from '../shared/undecodable.ts'
import { randomMarker } from '../../target/template.ts'
import { isSuccess } from '../shared/answers.ts'

/** Logins that fail before the backend is asked, or in another way than by the password. */
const BROKEN: readonly { about: string; edit: (call: RouteCall) => RouteCall }[] = [
  {
    about: 'a body that ends too early',
    edit: (call) => withBody(call, (text) => text.slice(0, -1)),
  },
  { about: 'a body with more after it', edit: (call) => withBody(call, (text) => `${text}}`) },
  { about: 'another content type', edit: (call) => typed(call, 'text/plain') },
  { about: 'no content type', edit: (call) => typed(call, undefined) },
  // Of a form the two before are forms as well; a percent sign that nothing follows makes it unreadable.
  { about: 'a body that cannot be decoded', edit: undecodable },
  {
    about: 'an e-mail that is none',
    edit: (call) => withBody(call, (text) => text.replaceAll('@', '')),
  },
  { about: 'a list', edit: (call) => withBody(call, (text) => `[${text}]`) },
  {
    about: 'a list as password',
    edit: (call) => withBody(call, (text) => text.replace(/"(Pw-[^"]+)"/, '["$1"]')),
  },
]

export const leak25 = defineCheck({
  id: 'LEAK-25',
  title: 'A password shows up in no answer, no URL and no log',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-14.2.1', 'ASVS5-16.2.5'],
  source: [],
  mutants: ['echo-login-body', 'password-in-validation-error', 'password-in-url'],
  usualCauses: [
    'the refused body is repeated so that the form can be filled again',
    'the error of the validation library holds the input',
    'credentials are sent upstream in the query',
  ],
  async run(ctx) {
    const since = await ctx.mark()
    const wrong = await ctx.visitor()
    const value = `Pw-${randomMarker()}`
    ctx.registry.add({ kind: 'password', owner: wrong.user.email, generation: 0, value })
    const refused = await wrong.call('login', { values: { 'user.password': value } })
    await expectNone(ctx, 'a wrong password', refused)
    for (const { about, edit } of BROKEN) {
      const visitor = await ctx.visitor()
      await expectNone(ctx, about, await visitor.call('login', { edit }))
    }
    const session = await ctx.visitor()
    await expectNone(ctx, 'the right password', await ctx.signIn(session))
    for (const route of ['list', 'me'] as const)
      if (ctx.target.routes[route]) await expectNone(ctx, route, await session.call(route))
    await ctx.drain()
    // The answer alone does not tell: a form may be shown again with 200, beside a cookie against forgery.
    ctx.witness(
      `the right password signs in, a wrong one does not (${statusText(refused)})`,
      !isSuccess(refused) || !isSuccess(await wrong.call('list')),
    )
    const urls = (await ctx.journal(since)).entries.map(({ method, path }) => ({
      where: `URL of ${method} ${path.split('?')[0] ?? ''}`,
      text: path,
    }))
    ctx.expect(
      'passwords in upstream URLs',
      [],
      (await ctx.leaksIn(urls, ['password'])).map(describeLeak),
    )
    const logs = ctx.instances.map((instance) => ({
      where: `output of ${instance.label}`,
      text: instance.output(),
    }))
    ctx.expect(
      'passwords in what the target printed',
      [],
      (await ctx.leaksIn(logs, ['password'])).map(describeLeak),
    )
  },
})

async function expectNone(ctx: CheckContext, about: string, answer: Exchange): Promise<void> {
  ctx.expect(
    `passwords in the answer to ${about}`,
    [],
    (await ctx.leaksIn(answer, ['password'])).map(describeLeak),
  )
}

const withBody = (call: RouteCall, change: (text: string) => string): RouteCall =>
  call.body === undefined
    ? call
    : { ...call, body: Buffer.from(change(call.body.toString('utf8'))) }

function typed(call: RouteCall, type: string | undefined): RouteCall {
  const others = call.headers.filter(([name]) => name.toLowerCase() !== 'content-type')
  return { ...call, headers: type === undefined ? others : [...others, ['Content-Type', type]] }
}
