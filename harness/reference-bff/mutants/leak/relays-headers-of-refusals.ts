import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const relaysHeadersOfRefusals = defineMutant({
  name: 'relays-headers-of-refusals',
  defect: 'When the backend refuses, what it says in headers of its own is handed on.',
  kills: { 'LEAK-11': 'headers of a refusal of the backend in the answer to list' },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (_, services) => async (c) => {
      const { http } = services
      return rebuilt(services, parts, {
        http: {
          ...http,
          async backend(call, bearer) {
            const answer = await http.backend(call, bearer)
            if (answer.status >= 400)
              for (const [name, value] of Object.entries(answer.headers))
                if (name.startsWith('x-') && value !== undefined) c.header(name, String(value))
            return answer
          },
        },
      }).list(c)
    }),
})
