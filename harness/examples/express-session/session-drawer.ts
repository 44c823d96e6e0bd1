import type { Request } from 'express'
import 'express-session'
import { Refusal } from './refusal.ts'

declare module 'express-session' {
  interface SessionData {
    userId: string
    /** Where the tokens are kept. */
    drawer: string
  }
}

/** Whose session it is and where its tokens are. 401 without one. */
export function drawerOf(request: Request): { name: string; userId: string } {
  const { drawer, userId } = request.session
  if (drawer === undefined || userId === undefined)
    throw new Refusal(401, 'signed_out', { over: request.headers.cookie !== undefined })
  return { name: drawer, userId }
}
