import type { CheckContext } from '../../context.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { isUnsafe } from '../../target/route-schema.ts'
import type { RouteName } from '../../target/schema.ts'

/** Whole, and 2xx. */
export const isSuccess = (answer: Exchange): boolean =>
  answer.failure === undefined && answer.status >= 200 && answer.status < 300

/** `200 ×24, 401 ×1` */
export function tally(answers: readonly Exchange[]): string {
  const counts = new Map<string, number>()
  for (const answer of answers)
    counts.set(statusText(answer), (counts.get(statusText(answer)) ?? 0) + 1)
  return [...counts].map(([status, count]) => `${status} ×${count}`).join(', ')
}

/** Declared routes that work and hand out or change a user's data; `me` may tell an anonymous caller that nobody is signed in. */
export function dataRoutes({ target, discovery }: CheckContext): RouteName[] {
  const broken = discovery.routes
    .filter((route) => route.problem !== undefined)
    .map((route) => route.route)
  return (['list', 'create', 'preview'] as const).filter(
    (name) => target.routes[name] !== undefined && !broken.includes(name),
  )
}

/** Whether an answer refuses a caller without a session: 401, or 403 where a CSRF proof bound to the session is asked for first. */
export function refuses({ target }: CheckContext, route: RouteName, answer: Exchange): boolean {
  const declared = target.routes[route]
  const csrfFirst = declared !== undefined && isUnsafe(declared) && target.session.csrf !== 'none'
  return (
    answer.failure === undefined && (answer.status === 401 || (csrfFirst && answer.status === 403))
  )
}
