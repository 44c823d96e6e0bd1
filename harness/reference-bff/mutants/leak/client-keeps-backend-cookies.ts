import { request } from 'undici'
import { defineMutant } from '../mutant.ts'

export const clientKeepsBackendCookies = defineMutant({
  name: 'client-keeps-backend-cookies',
  defect:
    'The HTTP client that all users share has a cookie jar: a token cookie of the backend goes along with the next call, whoever makes it.',
  kills: { 'LEAK-02': 'upstream calls with a Cookie header' },
  apply: (parts) => ({
    ...parts,
    http(services) {
      const jar = new Map<string, string>()
      const { conduitUrl } = services.settings
      return {
        ...parts.http(services),
        async backend({ method, path, query = {}, json }, bearer) {
          const { statusCode, headers, body } = await request(`${conduitUrl}${path}`, {
            method,
            query,
            body: json === undefined ? null : JSON.stringify(json),
            headers: {
              'cache-control': 'no-cache',
              ...(jar.size === 0 ? {} : { cookie: [...jar.values()].join('; ') }),
              ...(json === undefined ? {} : { 'content-type': 'application/json' }),
              ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
            },
          })
          for (const cookie of [headers['set-cookie'] ?? []].flat()) {
            const [pair = ''] = cookie.split(';')
            jar.set(pair.split('=')[0] ?? '', pair)
          }
          return { status: statusCode, text: await body.text(), headers }
        },
      }
    },
  }),
})
