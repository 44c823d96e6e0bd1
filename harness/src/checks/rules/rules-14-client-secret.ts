import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak, type Haystack } from '../../instruments/canary-scan.ts'
import {
  headersNamed,
  isAccepted,
  openExchange,
  statusText,
  type Exchange,
} from '../../instruments/http-exchange.ts'
import { mentions } from '../../target/template.ts'
import { dataRoutes } from '../shared/answers.ts'

const ANSWER_MS = 5000

export const rules14 = defineCheck({
  id: 'RULES-14',
  title: 'The client secret goes to the backend with every call, and nowhere else',
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list', 'logout'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['ASVS5-13.3.1'],
  source: [
    'with client validation on, Conduit answers 401 to whoever does not send clientid and clientsecret',
  ],
  mutants: ['client-secret-to-storage', 'client-secret-in-page', 'renews-without-client'],
  usualCauses: [
    'the headers are defaults of an HTTP client that fetches files too',
    'the renewal, or the preview, is made by a second HTTP client that does not know them',
    'the settings are handed to the pages as a whole',
  ],
  async run(ctx) {
    const { env } = ctx.target.start
    if (!mentions(env, 'backend.clientId') || !mentions(env, 'backend.clientSecret'))
      ctx.skip('start.env takes no {{backend.clientId}} and {{backend.clientSecret}}')
    const { control } = ctx.backend
    await control.setConfig({ router: { security: { clientValidation: true } } })
    try {
      await withValidation(ctx)
    } finally {
      await control.setConfig({})
    }
  },
})

async function withValidation(ctx: CheckContext): Promise<void> {
  const url = new URL(ctx.backend.urls[0] ?? '')
  const stranger = await openExchange(
    url.origin,
    {
      method: 'GET',
      path: '/no-such-route',
      headers: [
        ['Host', url.host],
        ['Connection', 'close'],
      ],
    },
    ANSWER_MS,
  ).done
  ctx.witness('the backend refuses a caller that is no client', stranger.status === 401)
  const since = await ctx.mark()
  const { answers, pages } = await ordinaryUse(ctx)
  await ctx.drain()
  const view = await ctx.journal(since)
  ctx.witness('the target called the backend', view.api().length > 0)
  ctx.expect(
    'calls of the backend without the client',
    [],
    view
      .api()
      .filter((entry) => !isFromClient(ctx, entry))
      .map(({ operation }) => operation),
  )
  for (const { about, answer } of answers)
    ctx.require(`the answer to ${about}`, isAccepted(answer), {
      expected: '2xx',
      got: statusText(answer),
    })
  const elsewhere: Haystack[] = [
    ...view.storage().map((entry) => ({ where: 'a request for a file', text: textOfEntry(entry) })),
    ...[...ctx.sink.texts(), ...ctx.admin.texts()].map((text) => ({
      where: 'a request that nobody should make',
      text,
    })),
  ]
  const leaks = await ctx.leaksIn(elsewhere, ['client-secret'])
  for (const answer of [...answers.map((each) => each.answer), ...pages])
    leaks.push(...(await ctx.leaksIn(answer, ['client-secret'])))
  ctx.expect('the client secret anywhere else', [], [...new Set(leaks.map(describeLeak))])
}

interface Use {
  answers: { about: string; answer: Exchange }[]
  pages: Exchange[]
}

async function ordinaryUse(ctx: CheckContext): Promise<Use> {
  const session = await ctx.visitor()
  const answers: Use['answers'] = []
  const pages: Exchange[] = []
  answers.push({ about: 'login', answer: await session.call('login') })
  for (const route of dataRoutes(ctx))
    answers.push({ about: route, answer: await session.call(route) })
  if (ctx.discovery.expiry.includes('decree')) await ctx.expire(session.user)
  answers.push({ about: 'list, after the access token', answer: await session.call('list') })
  for (const path of ctx.target.pages)
    pages.push(await session.browser.send({ method: 'GET', path, headers: [] }))
  answers.push({ about: 'logout', answer: await session.call('logout') })
  return { answers, pages }
}

function isFromClient({ backend }: CheckContext, { requestHeaders }: JournalEntry): boolean {
  const sent = (name: string) => headersNamed(requestHeaders, name).join()
  return sent('clientid') === backend.client.id && sent('clientsecret') === backend.client.secret
}

const textOfEntry = ({ path, requestHeaders, requestBody }: JournalEntry) =>
  [path, ...requestHeaders.map((pair) => pair.join(': ')), requestBody.text ?? ''].join('\n')
