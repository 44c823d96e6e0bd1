import type { RenewOutcome } from '../authentication.ts'
import type { Parts } from '../services.ts'
import { rebuilt } from './rebuild.ts'

/** The parts with a renewal judged otherwise. `status`: what the backend answered, 0 when it gave no whole answer. */
export function changedOutcome(
  parts: Parts,
  change: (status: number, outcome: RenewOutcome) => RenewOutcome,
): Parts {
  return {
    ...parts,
    authentication: (services) => ({
      ...parts.authentication(services),
      async renew(refreshToken) {
        let status = 0
        const http = {
          ...services.http,
          async backend(...call: Parameters<typeof services.http.backend>) {
            const answer = await services.http.backend(...call)
            status = answer.status
            return answer
          },
        }
        const { authentication } = rebuilt(services, parts, { http })
        const outcome = await authentication.renew(refreshToken)
        return change(status, outcome)
      },
    }),
  }
}
