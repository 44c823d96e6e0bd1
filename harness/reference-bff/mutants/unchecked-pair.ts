import type { Parts } from '../services.ts'
import type { Tokens } from '../vault.ts'
import { rebuilt } from './rebuild.ts'

/** The parts with a renewal that takes the backend's 200 for a pair, whatever it holds; `read` makes tokens of its JSON. */
export function uncheckedPair(
  parts: Parts,
  read: (answer: Partial<Tokens>) => Tokens | undefined,
): Parts {
  return {
    ...parts,
    authentication: (services) => ({
      ...parts.authentication(services),
      async renew(refreshToken) {
        let text = ''
        const http = {
          ...services.http,
          async backend(...call: Parameters<typeof services.http.backend>) {
            const answer = await services.http.backend(...call)
            if (answer.status === 200) text = answer.text
            return answer
          },
        }
        const { authentication } = rebuilt(services, parts, { http })
        const outcome = await authentication.renew(refreshToken)
        if (text === '') return outcome
        const tokens = read(JSON.parse(text) as Partial<Tokens>)
        return tokens === undefined ? outcome : { kind: 'tokens', tokens }
      },
    }),
  }
}
