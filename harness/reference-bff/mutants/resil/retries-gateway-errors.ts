import { defineMutant } from '../mutant.ts'
import { wrappedBackend } from '../wrapped-backend.ts'

const GATEWAY = [502, 503, 504]

export const retriesGatewayErrors = defineMutant({
  name: 'retries-gateway-errors',
  defect: 'A call that a gateway answered for the backend is sent again, creates too.',
  kills: { 'RESIL-12': /^creates sent, answer 50[234]/ },
  apply: (parts) =>
    wrappedBackend(parts, (backend) => async (call, bearer) => {
      const answer = await backend(call, bearer)
      return GATEWAY.includes(answer.status) ? backend(call, bearer) : answer
    }),
})
