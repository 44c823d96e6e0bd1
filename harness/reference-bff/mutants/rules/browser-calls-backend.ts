import { defineMutant } from '../mutant.ts'
import { appendedScript, withOpenPolicy } from '../script-otherwise.ts'

export const browserCallsBackend = defineMutant({
  name: 'browser-calls-backend',
  defect: "The page's script opens a socket to the backend for live updates, beside the BFF.",
  kills: { 'RULES-03': 'requests to the backend' },
  collateral: ['LEAK-14', 'LEAK-23'],
  apply: (parts) =>
    appendedScript(withOpenPolicy(parts), (_, { settings }) => {
      const socket = `${settings.conduitUrl.replace('http', 'ws')}/realtime/`
      return `new WebSocket(${JSON.stringify(socket)})`
    }),
})
