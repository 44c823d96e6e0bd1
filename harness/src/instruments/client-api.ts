import { isRecord } from '../is-record.ts'
import { retried } from './retried-fetch.ts'

/** Calls of the Client API that the harness makes itself, as nobody's BFF. */
export interface ClientApi {
  /** Signs in at the backend; the pair belongs to no session of the target's. */
  mintTokens(user: { email: string; password: string }): Promise<TokenPair>
  /** The bytes of a file as the backend has them now. */
  fileContent(id: string, accessToken: string): Promise<Buffer>
}

export interface TokenPair {
  accessToken: string
  refreshToken: string
}

export function createClientApi(baseUrl: string): ClientApi {
  const ask = async (path: string, init: RequestInit): Promise<Record<string, unknown>> => {
    const answer = await retried(new Request(`${baseUrl}${path}`, init))
    const body: unknown = await answer.json()
    if (answer.ok && isRecord(body)) return body
    throw new Error(`the backend answered ${path} with ${answer.status}`)
  }
  return {
    async mintTokens({ email, password }) {
      const { accessToken, refreshToken } = await ask('/authentication/local', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      })
      return { accessToken: String(accessToken), refreshToken: String(refreshToken) }
    },
    async fileContent(id, accessToken) {
      const { data } = await ask(`/storage/file/data/${id}`, {
        headers: { authorization: `Bearer ${accessToken}`, 'cache-control': 'no-cache' },
      })
      return Buffer.from(String(data), 'base64')
    },
  }
}
