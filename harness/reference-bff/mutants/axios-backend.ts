import axios from 'axios'
import type { Parts } from '../services.ts'

/** The parts with a backend that is called by axios, which throws for a 404 and every 5xx. */
export const throughAxios = (parts: Parts): Parts => ({
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
})
