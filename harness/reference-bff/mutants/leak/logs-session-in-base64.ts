import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const logsSessionInBase64 = defineMutant({
  name: 'logs-session-in-base64',
  defect: 'A line for debugging shows the session of each list, as base64 of its JSON.',
  kills: { 'LEAK-20': 'secrets in what the target printed' },
  needsProcess: true,
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, services) => async (c) => {
      const entry = await entryOfRequest(c, services)
      const text = Buffer.from(JSON.stringify(entry)).toString('base64')
      process.stdout.write(`debug session=${text}\n`)
      return handler(c)
    }),
})
