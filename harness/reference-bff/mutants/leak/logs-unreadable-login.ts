import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const logsUnreadableLogin = defineMutant({
  name: 'logs-unreadable-login',
  defect: 'The body of a login that is not accepted is printed, with the password.',
  kills: { 'LEAK-20': 'secrets in what the target printed' },
  needsProcess: true,
  collateral: ['LEAK-25'],
  apply: (parts) =>
    wrappedRoute(parts, 'login', (handler) => async (c) => {
      const chunks: Buffer[] = []
      c.env.incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      try {
        return await handler(c)
      } catch (error) {
        process.stderr.write(`login refused: ${Buffer.concat(chunks).toString('utf8')}\n`)
        throw error
      }
    }),
})
