import type { CheckContext } from '../../context.ts'
import { isAccepted, statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import type { RouteName } from '../../target/schema.ts'

/** The operations that a route was seen to call; nothing is required of it. */
export const knownUpstream = ({ discovery }: CheckContext, route: RouteName): readonly string[] =>
  discovery.routes.find((each) => each.route === route)?.upstream ?? []

/** The operations that a route calls in a session's name, each once. SETUP when the route does not work, VACUOUS when it calls nothing. */
export async function upstreamOf(
  ctx: CheckContext,
  session: Session,
  route: RouteName,
): Promise<string[]> {
  const since = await ctx.mark()
  const answer = await session.call(route)
  ctx.setup(isAccepted(answer), `${route} answered ${statusText(answer)}.`)
  await ctx.drain()
  const called = (await ctx.journal(since, session.user)).data()
  ctx.witness(`the ${route} route calls the backend with a token`, called.length > 0)
  return [...new Set(called.map((entry) => entry.operation))]
}
