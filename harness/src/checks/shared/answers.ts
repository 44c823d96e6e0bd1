import type { CheckContext } from '../../context.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
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

/** A caller without a living session was refused: 401, or the 403 that frameworks without an authentication scheme of HTTP's answer. */
export const isSignedOut = (answer: Exchange): boolean =>
  answer.failure === undefined && (answer.status === 401 || answer.status === 403)
