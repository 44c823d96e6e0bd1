import { defineMutant } from '../mutant.ts'
import { printingFailures } from '../printed-failure.ts'

export const logsFailedRequestHeaders = defineMutant({
  name: 'logs-failed-request-headers',
  defect:
    "The logger of requests writes the browser's headers of those that failed, the cookie among them.",
  kills: { 'LEAK-20': 'secrets in what the target printed' },
  needsProcess: true,
  apply: (parts) =>
    printingFailures(parts, (_, c) =>
      JSON.stringify({ level: 'error', path: c.req.path, headers: c.req.header() }),
    ),
})
