import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { headersNamed, type Exchange } from '../../instruments/http-exchange.ts'
import type { RouteCall } from '../../instruments/route-call.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'
import { inTurn } from '../shared/in-turn.ts'

const INJECTED = 'x-bffc-injected'
const SMUGGLED = '/bffc-smuggled'
const PLACE = 'bffc-place'

const BREAKS = [
  `x\r\n${INJECTED}: 1`,
  `x HTTP/1.1\r\n${INJECTED}: 1\r\nX-Rest: y`,
  `x\n${INJECTED}: 1\n\n`,
  `x HTTP/1.1\r\nHost: x\r\n\r\nGET ${SMUGGLED} HTTP/1.1\r\nX-Rest: y`,
  `naïve 文書 \u0000 \u2028${INJECTED}: 1`,
  `x\u010d\u010a${INJECTED}: 1`,
]

/** A place in a request where text of the browser's stands. */
interface Place {
  about: string
  send: (text: string) => Promise<Exchange>
}

export const proxy09 = defineCheck({
  id: 'PROXY-09',
  title: 'Line ends in what the browser sends neither split a request nor add a header',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-4.2.4'],
  source: ['U+010D and U+010A become CR and LF where a header is cut to its low bytes'],
  mutants: ['crlf-header'],
  usualCauses: [
    'an upstream request is put together as text',
    'text of the browser becomes the value of a header',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const acts = placesOf(ctx, session).flatMap((place) => BREAKS.map((text) => ({ place, text })))
    for (const { act, outcome: answer, view } of await inTurn(ctx, acts, ({ place, text }) =>
      place.send(text),
    )) {
      const calls = view.api()
      const where = `${act.place.about} = ${JSON.stringify(act.text.slice(0, 40))}`
      ctx.expect(
        `upstream headers injected through ${where}`,
        [],
        calls
          .filter(({ requestHeaders }) => headersNamed(requestHeaders, INJECTED).length > 0)
          .map(({ operation }) => operation),
      )
      ctx.expect(
        `upstream requests smuggled through ${where}`,
        [],
        calls.filter(({ path }) => path.startsWith(SMUGGLED)).map(({ path }) => path),
      )
      ctx.expect(
        `headers injected into the answer through ${where}`,
        [],
        headersNamed(answer.headers, INJECTED),
      )
    }
    const later = await session.call('list')
    ctx.witness('the list still answers', isSuccess(later))
  },
})

function placesOf({ target }: CheckContext, session: Session): Place[] {
  const { list, create, preview } = target.routes
  const inPath =
    (edit: (call: RouteCall, text: string) => RouteCall, route: 'list' | 'preview') =>
    (text: string) =>
      session.call(route, {
        values: { id: PLACE, 'file.id': PLACE },
        edit: (call) => edit(call, encodeURIComponent(text)),
      })
  const places: Place[] = [
    ...new Set([...Object.keys(list.query ?? {}), ...Object.keys(list.filter ?? {}), 'bffc']),
  ].map((name) => ({
    about: `query ${name}`,
    send: (text) => session.call('list', { query: { [name]: text } }),
  }))
  places.push({
    about: 'the path of the list',
    send: inPath(
      (call, text) => ({ ...call, path: call.path.replace(/(\?|$)/, `/${text}$1`) }),
      'list',
    ),
  })
  if (preview?.path.includes('id}}'))
    places.push({
      about: 'the id of a preview',
      send: inPath((call, text) => ({ ...call, path: call.path.replace(PLACE, text) }), 'preview'),
    })
  places.push({
    about: 'a header',
    send: (text) =>
      session.call('list', {
        headers: [
          ['X-Bffc-Text', text.replaceAll(/[^\t\x20-\xff]/g, '?')],
          ['Accept-Language', 'naïve'],
        ],
      }),
  })
  if (create?.json !== undefined) {
    places.push({
      about: 'a value in the body of create',
      send: (text) => session.call('create', { values: { nonce: text } }),
    })
    places.push({
      about: 'a name in the body of create',
      send: (text) => session.call('create', { edit: (call) => withField(call, text) }),
    })
  }
  return places
}

function withField(call: RouteCall, name: string): RouteCall {
  const body = call.body?.toString('utf8') ?? '{}'
  return { ...call, body: Buffer.from(body.replace(/\}\s*$/, `,${JSON.stringify(name)}:"1"}`)) }
}
