import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import type { RouteName } from '../../target/schema.ts'
import { isSuccess } from './answers.ts'
import { hasClimbed } from './hostile-paths.ts'

/** Ids that try to become a path, a query, a fragment, another host; encoded, doubly encoded and (as a raw client sends them) bare. */
function hostileIds(sink: string): string[] {
  const host = new URL(sink).host
  const plain = [
    '../../authentication/user',
    '..',
    '../user',
    `//${host}/x`,
    `http://${host}/x`,
    `@${host}/x`,
    'x?redirect=true',
    'x&redirect=true',
    'x#y',
    'x/../../../authentication/user',
    'x;y',
    '..\\..\\x',
    '\u0000',
    'x\r\nX-Injected: 1',
    'a'.repeat(4096),
  ]
  const encoded = plain.map(encodeURIComponent)
  return [
    ...encoded,
    ...encoded.map((id) => id.replaceAll('%', '%25')),
    '%2e%2e%2f%2e%2e%2fauthentication%2fuser',
    '..%5c..%5cuser',
    `/\\${host}`,
  ]
}

/** Upstream calls stay within the operations that the route made in discovery, each with one encoded segment; the sink is never called. */
export async function expectContainedIds(
  ctx: CheckContext,
  session: Session,
  route: RouteName,
): Promise<void> {
  const known = new Set(ctx.discovery.routes.find((each) => each.route === route)?.upstream ?? [])
  for (const id of hostileIds(ctx.sink.url)) {
    const before = ctx.sink.calls().length
    const since = await ctx.mark()
    const answer = await session.call(route, {
      values: { id: PLACE, 'file.id': PLACE },
      edit: (call) => ({ ...call, path: call.path.replaceAll(PLACE, id) }),
    })
    const view = await ctx.journal(since)
    const shown = id.length > 80 ? `${id.slice(0, 40)}… (${id.length} characters)` : id
    const strayed = view
      .api()
      .filter(
        (entry) =>
          !known.has(entry.operation) ||
          new URL(entry.path, 'http://backend').searchParams.has('redirect') ||
          hasClimbed(entry.path),
      )
    ctx.expect(
      `upstream calls that id ${shown} leads to`,
      [],
      strayed.map((entry) => `${entry.method} ${entry.path.slice(0, 120)}`),
    )
    ctx.expect(`calls of a foreign host through id ${shown}`, [], ctx.sink.calls().slice(before))
    ctx.require(`the answer to id ${shown}`, !isSuccess(answer) || view.storage().length === 0, {
      expected: 'an error',
      got: statusText(answer),
    })
  }
}

const PLACE = 'bffc-place-of-the-id'
