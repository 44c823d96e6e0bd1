import axios from 'axios'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { throughAxios } from '../axios-backend.ts'
import { defineMutant } from '../mutant.ts'

export const jsonAxiosError = defineMutant({
  name: 'json-axios-error',
  defect: "What the HTTP client throws is answered as JSON, the request's headers included.",
  kills: { 'LEAK-10': 'tokens and internals in error answers' },
  collateral: ['LEAK-01', 'PROXY-07', 'RESIL-01'],
  apply: (parts) => ({
    ...throughAxios(parts),
    failureAnswer: (services) => {
      const inOwnWords = parts.failureAnswer(services)
      return (error, c) =>
        axios.isAxiosError(error)
          ? c.json(
              error.toJSON() as Record<string, string>,
              (error.status ?? 502) as ContentfulStatusCode,
            )
          : inOwnWords(error, c)
    },
  }),
})
