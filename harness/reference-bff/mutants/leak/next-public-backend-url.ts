import { defineMutant } from '../mutant.ts'
import { appendedScript } from '../script-otherwise.ts'

export const nextPublicBackendUrl = defineMutant({
  name: 'next-public-backend-url',
  defect: "The page's script knows where the backend is, though it never calls it.",
  kills: { 'LEAK-23': "places with the backend's address" },
  apply: (parts) =>
    appendedScript(
      parts,
      (_, { settings }) => `const api = ${JSON.stringify(settings.conduitUrl)}`,
    ),
})
