import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const clientSecretInPage = defineMutant({
  name: 'client-secret-in-page',
  defect: 'A page is given all settings, the client secret among them.',
  kills: { 'RULES-14': 'the client secret anywhere else' },
  collateral: ['LEAK-03'],
  apply: (parts) =>
    changedAnswer(parts, 'page', async (answer, { services }) => {
      const settings = JSON.stringify({ client: services.settings.client })
      const html = `${await answer.text()}<script type="application/json">${settings}</script>`
      return new Response(html, answer)
    }),
})
