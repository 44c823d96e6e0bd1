import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const isrPageWithUserData = defineMutant({
  name: 'isr-page-with-user-data',
  defect:
    'The page greets the signed-in user by name, and is rendered once for all: shared caches may keep it for a minute.',
  kills: { 'LEAK-17': 'page / for a second user: what belongs to the first user' },
  apply: (parts) =>
    changedAnswer(parts, 'page', async (answer, { c, services }) => {
      const me = await services.me(c).catch(() => undefined)
      const user = me?.ok ? ((await me.json()) as { email: string }) : undefined
      const greeting = user ? `<p>Signed in as ${user.email}</p>` : '<p>Please sign in</p>'
      const html = (await answer.text()).replace('<ul', `${greeting}<ul`)
      const headers = new Headers(answer.headers)
      headers.set('cache-control', 's-maxage=60, stale-while-revalidate=600')
      headers.set('content-type', 'text/html; charset=utf-8')
      return new Response(html, { headers })
    }),
})
