import axios from 'axios'
import { z } from 'zod'
import { BffFailure, sessionOver, unavailable } from '../../failure.ts'
import type { BackendCall } from '../../conduit-http.ts'
import type { Services } from '../../services.ts'
import type { Session } from '../../sessions.ts'
import { defineMutant } from '../mutant.ts'

const tokensSchema = z.object({ accessToken: z.string(), refreshToken: z.string() })

/** The integration guide's `conduitRequest`, line by line: read the tokens, request, on a 401 renew once per request, save, request again. */
async function conduitRequest(
  { settings, vault }: Services,
  vaultKey: string,
  { method, path, query, json }: BackendCall,
): Promise<unknown> {
  const entry = await vault.read(vaultKey)
  if (!entry) throw sessionOver()
  const client = axios.create({ baseURL: settings.conduitUrl })
  const config = { method, url: path, params: query, data: json }
  try {
    const res = await client.request<unknown>({
      ...config,
      headers: { Authorization: `Bearer ${entry.tokens.accessToken}` },
    })
    return res.data
  } catch (err) {
    if (!axios.isAxiosError(err) || err.response?.status !== 401) throw err
    const refreshRes = await client.post<unknown>(
      '/authentication/renew',
      {},
      { headers: { Authorization: `Bearer ${entry.tokens.refreshToken}` } },
    )
    const tokens = tokensSchema.parse(refreshRes.data)
    await vault.create(vaultKey, { ...entry, tokens })
    const retry = await client.request<unknown>({
      ...config,
      headers: { Authorization: `Bearer ${tokens.accessToken}` },
    })
    return retry.data
  }
}

/** The guide leaves errors to its caller; this one answers them without a word of their own. */
function inOwnWords(error: unknown): unknown {
  if (!axios.isAxiosError(error)) return error
  const status = error.response?.status ?? 502
  return status >= 500 ? unavailable(502, 'backend_failed') : new BffFailure(status, 'refused')
}

export const guideLiteral = defineMutant({
  name: 'guide-literal',
  defect:
    "The integration guide's own conduitRequest: it renews once per request, not once per session.",
  kills: { 'REFRESH-04': 'renewals' },
  collateral: [
    'REFRESH-05',
    'REFRESH-06',
    'REFRESH-10',
    'REFRESH-12',
    'REFRESH-24',
    'REFRESH-29',
    'SESSION-20',
  ],
  apply: (parts) => ({
    ...parts,
    conduit: (services) => {
      const json = (session: Session, call: BackendCall) =>
        conduitRequest(services, session.key, call).catch((error: unknown) => {
          throw inOwnWords(error)
        })
      return {
        json,
        send: async (session, call) => ({
          status: 200,
          text: JSON.stringify(await json(session, call)),
          headers: {},
        }),
      }
    },
  }),
})
