import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const cookieOnPublicScript = defineMutant({
  name: 'cookie-on-public-script',
  defect:
    "The session cookie is set again with every answer, also with the page's script, which every cache may keep.",
  kills: { 'LEAK-16': /^Cache-Control of GET \S+, which sets a cookie$/ },
  apply: (parts) =>
    changedAnswer(parts, 'script', (answer, { c, services: { sessions } }) => {
      const id = sessions.idIn(c.req.header('cookie'))
      if (id === undefined) return answer
      answer.headers.set('cache-control', 'public, max-age=3600')
      answer.headers.append('set-cookie', sessions.cookie(id))
      return answer
    }),
})
