import axios from 'axios'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { defineMutant } from '../mutant.ts'

export const jsonAxiosError = defineMutant({
  name: 'json-axios-error',
  defect: "What the HTTP client throws is answered as JSON, the request's headers included.",
  kills: { 'LEAK-10': 'tokens and internals in error answers' },
  collateral: ['LEAK-01', 'PROXY-07', 'RESIL-01'],
  apply: (parts) => ({
    ...parts,
    http: (services) => ({
      ...parts.http(services),
      async backend({ method, path, query, json }, bearer) {
        const answer = await axios.request<string>({
          method,
          url: `${services.settings.conduitUrl}${path}`,
          params: query,
          data: json,
          maxRedirects: 0,
          timeout: services.settings.upstreamMs,
          transformResponse: (text: string) => text,
          headers: {
            'Cache-Control': 'no-cache',
            ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
          },
          validateStatus: (status) => status < 500 && status !== 404,
        })
        return { status: answer.status, text: answer.data, headers: {} }
      },
    }),
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
