import type { BffContext, Parts } from '../services.ts'
import { changedAnswer, type RoutePart } from './change-answer.ts'

/** The parts with a route that, once all went well, sends the browser where `wanted` says. */
export const returning = (
  parts: Parts,
  route: RoutePart,
  wanted: (c: BffContext) => string | undefined,
): Parts =>
  changedAnswer(parts, route, (answer, { c }) => {
    const to = wanted(c)
    if (to === undefined || !answer.ok) return answer
    const headers = new Headers(answer.headers)
    headers.set('location', to)
    return new Response(null, { status: 303, headers })
  })
