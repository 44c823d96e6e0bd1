import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const sessionIdInReadableCookie = defineMutant({
  name: 'session-id-in-readable-cookie',
  defect: 'The login sets the session id a second time, in a cookie that scripts can read.',
  kills: { 'SESSION-02': 'cookies without HttpOnly that hold (a part of) a session cookie' },
  apply: (parts) =>
    changedAnswer(parts, 'login', (answer) => {
      const [, id] = /bff_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? []
      if (id !== undefined)
        answer.headers.append('set-cookie', `visit=${id}; Path=/; SameSite=Strict; Secure`)
      return answer
    }),
})
