import type { Parts } from '../services.ts'
import { changedAnswer } from './change-answer.ts'

/** The parts in which asking who is signed in sets the session cookie again, written otherwise. */
export const prolongedCookie = (parts: Parts, change: (cookie: string) => string): Parts =>
  changedAnswer(parts, 'me', (answer, { c, services: { sessions } }) => {
    const id = sessions.idIn(c.req.header('cookie'))
    if (id !== undefined) answer.headers.append('set-cookie', change(sessions.cookie(id)))
    return answer
  })
