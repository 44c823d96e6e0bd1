import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { createCookieJar } from '../../instruments/cookie-jar.ts'
import {
  isAccepted,
  statusText,
  type Exchange,
  type HeaderList,
} from '../../instruments/http-exchange.ts'
import type { JournalView } from '../../instruments/journal-view.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'
import { inTurn } from '../shared/in-turn.ts'

const FORM = 'application/x-www-form-urlencoded'
/** What tells a server where a request comes from. */
const PROVENANCE = ['origin', 'referer', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']

export const session12 = defineCheck({
  id: 'SESSION-12',
  title: 'A change that nothing vouches for is refused',
  level: 'SHOULD',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'create'] },
  dependsOn: [],
  requirement: [
    'BBA#cors',
    'Duende …should_require_csrf',
    'Duende GHSA-4j63-5v5f-xcc4',
    'an old browser or an intermediary may send neither Origin nor Sec-Fetch',
    'BBA#cors: where a static header is the defence, every request must carry it (a MUST: FAIL)',
  ],
  source: [],
  mutants: [
    'csrf-header-optional',
    'form-without-provenance-passes',
    'referer-mentions-own-host',
    'declared-proof-optional',
  ],
  usualCauses: [
    'Origin is compared only when it is there',
    'the own origin is looked for anywhere in the Referer',
    'the CSRF header is looked at only when it is there',
    'a missing cookie equals a missing header',
    'any content type is read as JSON',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const created = await session.call('create')
    ctx.setup(isAccepted(created), `create answered ${statusText(created)}.`)
    ctx.witness('a create that is vouched for works', created.failure === undefined)
    await ctx.drain()
    for (const { act, outcome, view } of await inTurn(ctx, bareCreates(ctx, session), create))
      isRefused(act.isMust === true ? ctx.must : ctx, act.about, { answer: outcome, view })
    const list = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(list), {
      expected: '2xx',
      got: statusText(list),
    })
  },
})

interface Bare {
  session: Session
  about: string
  /** Headers left out. */
  without: readonly string[]
  /** In place of the declared content type. */
  type?: string
  /** What a target declares it must hold to. */
  isMust?: boolean
  headers?: HeaderList
}

function bareCreates({ target, site }: CheckContext, session: Session): Bare[] {
  const { csrf } = target.session
  const bare: Bare[] = ['text/plain', FORM].map((type) => ({
    session,
    about: `a create with the cookie, ${type} and nothing that vouches for it`,
    without: PROVENANCE,
    type,
  }))
  const own = new URL(site.origin ?? site.instances[0] ?? 'http://127.0.0.1').origin
  bare.push({
    session,
    about: 'a create with a Referer of another site that mentions the own origin',
    without: PROVENANCE,
    headers: [['Referer', `https://evil.test/?${own}/`]],
    type: target.routes.create?.form === undefined ? 'text/plain' : FORM,
  })
  if (csrf !== 'none' && 'header' in csrf)
    bare.push(
      // Where a token is asked for, the browser's own word for the origin may do as well.
      {
        session,
        about: 'a create of the own origin without the declared proof',
        without: [],
        isMust: 'value' in csrf,
      },
      {
        session,
        about: 'a create without the declared proof and a word of where it is from',
        without: PROVENANCE,
        isMust: true,
      },
    )
  if (csrf !== 'none' && 'cookie' in csrf) {
    const rest = session.browser.jar.cookies().filter(({ name }) => name !== csrf.cookie)
    for (const [header, headers] of [
      ['without the header', []],
      ['with an empty header', [[csrf.header, '']]],
    ] satisfies [string, HeaderList][])
      bare.push({
        session: session.withJar(createCookieJar(Date.now, rest)),
        about: `a create of the own origin without the cookie ${csrf.cookie}, ${header}`,
        without: [],
        headers,
      })
  }
  return bare
}

const create = ({ session, without, type, headers = [] }: Bare): Promise<Exchange> =>
  session.call('create', {
    without,
    withoutCsrf: true,
    headers: [
      ...headers,
      ...(type === undefined ? [] : [['Content-Type', type] as [string, string]]),
    ],
  })

function isRefused(
  judge: Pick<CheckContext, 'expect' | 'require'>,
  about: string,
  { answer, view }: { answer: Exchange; view: JournalView },
): void {
  const changes = view.data().filter(({ method, status }) => method !== 'GET' && status < 300)
  judge.expect(
    `changes upstream by ${about}`,
    [],
    changes.map(({ operation }) => operation),
  )
  judge.require(`the answer to ${about}`, isRefusal(answer), {
    expected: '4xx',
    got: statusText(answer),
  })
}

/** Also the end of the connection, or the way to a login page. */
const isRefusal = (answer: Exchange) =>
  answer.failure !== undefined || (answer.status >= 300 && answer.status < 500)
