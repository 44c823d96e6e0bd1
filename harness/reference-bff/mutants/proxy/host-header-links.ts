import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const hostHeaderLinks = defineMutant({
  name: 'host-header-links',
  defect:
    'Who is not signed in is sent to an absolute URL, made of what the request calls the host.',
  kills: { 'PROXY-10': /^headers of GET \/posts with another Host that lead to it$/ },
  apply: (parts) =>
    changedAnswer(parts, 'postsPage', (answer, { c }) => {
      const to = answer.headers.get('location')
      const host = c.req.header('x-forwarded-host') ?? c.req.header('host') ?? ''
      if (to !== null) answer.headers.set('location', new URL(to, `https://${host}`).href)
      return answer
    }),
})
