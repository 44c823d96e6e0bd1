import type { Request } from 'express'
import 'express-session'
import { Refusal } from './refusal.ts'

declare module 'express-session' {
  interface SessionData {
    userId: string
    /** Where the tokens are kept. */
    drawer: string
    /** The user is at the provider of a social login. */
    awaitsProvider: boolean
    /** The team that the user works in; none: for themselves. */
    team: string
  }
}

/** Where the tokens of a session are, and the scope of what it creates. 401 without a session. */
export function drawerOf(request: Request): { name: string; scope: string } {
  const { drawer, userId, team } = request.session
  if (drawer === undefined || userId === undefined)
    throw new Refusal(401, 'signed_out', { over: request.headers.cookie !== undefined })
  return { name: drawer, scope: team === undefined ? `User:${userId}` : `Team:${team}` }
}
