import { changedAnswer, wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfLogin } from '../session-entry.ts'
import type { Entry } from '../../vault.ts'

const NAME = 'bff_remember'

export const rememberMeAfterLogout = defineMutant({
  name: 'remember-me-after-logout',
  defect:
    'A second, sealed cookie brings the session back when it is gone; logout forgets it in the browser only.',
  kills: { 'VAULT-08': /with the cookies from before the logout/ },
  collateral: ['VAULT-03', 'VAULT-10', 'SESSION-06', 'SESSION-20', 'REFRESH-10'],
  apply: (parts) => {
    const remembering = changedAnswer(parts, 'login', async (answer, { services }) => {
      const entry = await entryOfLogin(answer, services)
      const sealed = services.seal.close(JSON.stringify(entry), NAME)
      answer.headers.append(
        'set-cookie',
        `${NAME}=${sealed}; Path=/; HttpOnly; Secure; SameSite=Strict`,
      )
      return answer
    })
    return wrappedRoute(remembering, 'list', (handler, { sessions, seal, vault }) => async (c) => {
      const header = c.req.header('cookie')
      const id = sessions.idIn(header)
      const text = seal.open(new RegExp(`${NAME}=([\\w-]+)`).exec(header ?? '')?.[1] ?? '', NAME)
      if (id !== undefined && text !== undefined && !(await vault.read(sessions.keyOf(id))))
        await vault.create(sessions.keyOf(id), JSON.parse(text) as Entry)
      return handler(c)
    })
  },
})
