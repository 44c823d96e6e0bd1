import { changedFailure } from '../failure-details.ts'
import { defineMutant } from '../mutant.ts'

export const pythonCauseInErrorBody = defineMutant({
  name: 'python-cause-in-error-body',
  defect:
    'What went wrong is answered in the words of an HTTP client of Python, with the host and the port of the backend apart.',
  kills: { 'LEAK-10': 'tokens and internals in error answers' },
  apply: (parts) =>
    changedFailure(parts, (_, { settings }) => {
      const { hostname, port } = new URL(settings.conduitUrl)
      return { detail: `HTTPConnectionPool(host='${hostname}', port=${port}): Read timed out.` }
    }),
})
