import { defineMutant } from '../mutant.ts'

const GATEWAY = [502, 503, 504]

export const retriesGatewayErrors = defineMutant({
  name: 'retries-gateway-errors',
  defect: 'A call that a gateway answered for the backend is sent again, creates too.',
  kills: { 'RESIL-12': /^creates sent, answer 50[234]/ },
  apply: (parts) => ({
    ...parts,
    http(services) {
      const http = parts.http(services)
      return {
        ...http,
        async backend(call, bearer) {
          const answer = await http.backend(call, bearer)
          return GATEWAY.includes(answer.status) ? http.backend(call, bearer) : answer
        },
      }
    },
  }),
})
