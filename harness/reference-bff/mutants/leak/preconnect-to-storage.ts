import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const preconnectToStorage = defineMutant({
  name: 'preconnect-to-storage',
  defect: 'A page asks the browser to connect to the storage host ahead of time.',
  kills: { 'LEAK-14': 'preconnect and dns-prefetch to other origins' },
  apply: (parts) =>
    changedAnswer(parts, 'page', async (answer, { services }) => {
      const hint = `<link rel="dns-prefetch preconnect" href="${services.settings.storageOrigin ?? ''}">`
      return new Response((await answer.text()).replace('<title>', `${hint}<title>`), {
        headers: answer.headers,
      })
    }),
})
