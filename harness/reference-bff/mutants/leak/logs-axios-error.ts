import { inspect } from 'node:util'
import axios from 'axios'
import { throughAxios } from '../axios-backend.ts'
import { defineMutant } from '../mutant.ts'
import { printingFailures } from '../printed-failure.ts'

export const logsAxiosError = defineMutant({
  name: 'logs-axios-error',
  defect:
    'What the HTTP client throws is printed as it is, with the Authorization header of the request.',
  kills: { 'LEAK-20': 'secrets in what the target printed' },
  needsProcess: true,
  apply: (parts) =>
    printingFailures(throughAxios(parts), (error) =>
      axios.isAxiosError(error) ? inspect(error) : undefined,
    ),
})
