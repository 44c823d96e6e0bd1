import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import {
  headersNamed,
  textOf,
  type Exchange,
  type HeaderList,
} from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { fillText, randomMarker } from '../../target/template.ts'
import { dataRoutes } from '../shared/answers.ts'
import { NAVIGATION } from '../shared/page-call.ts'
import { inBothDialects } from '../shared/storage-dialects.ts'

export const leak16 = defineCheck({
  id: 'LEAK-16',
  title: 'Answers to signed-in users are kept out of shared caches',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-14.3.2', 'RFC9111', 'T-74', 'T-75', 'T-76', 'T-77', 'T-78'],
  source: ['the backend itself sends Cache-Control: private, max-age=10 on lists'],
  mutants: ['s-maxage-on-session', 'parts-kept-by-cdn'],
  usualCauses: [
    'the framework caches GET routes by default',
    'a CDN setting (s-maxage, public) is applied to every route',
    'no Cache-Control at all leaves the decision to the cache',
    'the session is prolonged on static files, which everybody may keep',
  ],
  async run(ctx) {
    const session = await ctx.visitor()
    const answers: Exchange[] = [await ctx.signIn(session)]
    for (const route of dataRoutes(ctx)) answers.push(await session.call(route))
    answers.push(...(await otherForms(ctx, session)))
    if (ctx.target.routes.me) answers.push(await session.call('me'))
    const files = await filesOfPages(ctx, session)
    answers.push(await session.call('logout'))
    ctx.witness(
      'a signed-in user was answered',
      answers.some((answer) => answer.status === 200),
    )
    for (const answer of answers.filter(
      (each) => each.failure === undefined && each.status < 300,
    )) {
      const control = headersNamed(answer.headers, 'cache-control').join(', ').toLowerCase()
      const about = `Cache-Control of ${answer.call.method} ${answer.call.path.split('?')[0] ?? ''}`
      ctx.require(about, !/\b(public|s-maxage|immutable)\b/.test(control), {
        expected: 'neither public, s-maxage nor immutable',
        got: control,
      })
      // Answers to POST are not stored by caches unless they say so themselves (RFC 9110 §9.3.3).
      const storable = answer.call.method === 'GET'
      ctx.require(about, !storable || /\b(no-store|private)\b/.test(control), {
        expected: 'no-store or private',
        got: control || 'none',
      })
    }
    for (const { call, headers } of files.filter(({ headers }) => setsCookie(headers))) {
      const control = headersNamed(headers, 'cache-control').join(', ').toLowerCase()
      ctx.require(
        `Cache-Control of ${call.method} ${call.path}, which sets a cookie`,
        /\b(no-store|private)\b/.test(control),
        { expected: 'no-store or private', got: control || 'none' },
      )
    }
  },
})

const setsCookie = (headers: HeaderList) => headersNamed(headers, 'set-cookie').length > 0

const MOST_FILES = 20
const NAMED_FILE = /\b(?:src|href)\s*=\s*["']?(\/[^"'\s>#]+\.\w+)/gi

/** Files that the pages name: a layer that prolongs the session may set its cookie on them too, and whoever keeps them keeps the cookie. */
async function filesOfPages(ctx: CheckContext, session: Session): Promise<Exchange[]> {
  const paths = new Set<string>()
  for (const path of ctx.target.pages) {
    const page = await session.browser.send(
      { method: 'GET', path, headers: [] },
      { headers: NAVIGATION },
    )
    for (const [, file] of textOf(page).matchAll(NAMED_FILE)) if (file) paths.add(file)
  }
  const files: Exchange[] = []
  for (const path of [...paths].slice(0, MOST_FILES))
    files.push(await session.browser.send({ method: 'GET', path, headers: [] }))
  return files
}

/** Answers of the same routes that another branch of the program may make: a search, a part of a file. */
async function otherForms(ctx: CheckContext, session: Session): Promise<Exchange[]> {
  const { list, preview } = ctx.target.routes
  const answers: Exchange[] = []
  if (list.filter) {
    const term = randomMarker(6)
    const query = Object.fromEntries(
      Object.entries(list.filter).map(([name, template]) => [name, fillText(template, { term })]),
    )
    answers.push(await session.call('list', { query }))
  }
  // Conduit's own storage knows no parts.
  if (preview?.range)
    await inBothDialects(ctx, async () => {
      answers.push(await session.call('preview', { headers: [['range', 'bytes=0-0']] }))
    })
  return answers
}
