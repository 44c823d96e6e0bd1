import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const redirectsToOwnAddress = defineMutant({
  name: 'redirects-to-own-address',
  defect: 'The way to the login page is put together from the address that the server listens on.',
  kills: { 'SESSION-15': /^the origin that \/posts .* leads to$/ },
  apply: (parts) =>
    changedAnswer(parts, 'postsPage', (answer, { c }) => {
      const location = answer.headers.get('location')
      const port = c.env.incoming.socket.localPort ?? 0
      if (location !== null)
        answer.headers.set('location', new URL(location, `http://127.0.0.1:${port}`).href)
      return answer
    }),
})
