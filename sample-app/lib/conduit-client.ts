import axios, { type AxiosInstance } from 'axios'
import { AppError } from '@/lib/models/app-error'

const ANSWER_LIMIT_BYTES = 16 * 1024 * 1024
const DEADLINE_MS = 10_000

/** A call to the Client API: a fixed path, its variable parts encoded by the caller. */
export interface ConduitCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: `/${string}`
  query?: Record<string, string>
  body?: unknown
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal
  timeoutMs?: number
}

export interface ConduitAnswer {
  status: number
  /** Parsed JSON; undefined when the body is not JSON. */
  data: unknown
}

/** One HTTP exchange with Conduit. Throws AppError when there is no answer; any status is an answer. */
export type ConduitTransport = (call: ConduitCall, token?: string) => Promise<ConduitAnswer>

/** Sends nothing of the browser's, follows no redirect, shares no mutable default. */
export function createTransport(baseUrl: string): ConduitTransport {
  const client: AxiosInstance = axios.create({
    baseURL: baseUrl,
    allowAbsoluteUrls: false,
    maxRedirects: 0,
    maxContentLength: ANSWER_LIMIT_BYTES,
    proxy: false,
    responseType: 'text',
    transformResponse: (body: unknown) => body,
    validateStatus: () => true,
  })
  return async ({ method, path, query, body, signal, timeoutMs = DEADLINE_MS }, token) => {
    try {
      const response = await client.request<string>({
        method,
        url: path,
        params: query,
        data: body,
        timeout: timeoutMs,
        ...(signal ? { signal } : {}),
        headers: {
          Accept: 'application/json',
          ...(method === 'GET' ? { 'Cache-Control': 'no-cache' } : {}),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
      })
      return { status: response.status, data: parsed(response.data) }
    } catch (error) {
      throw noAnswer(error)
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The axios error holds the token; it goes no further than this. */
function noAnswer(error: unknown): AppError {
  const code = axios.isAxiosError(error) ? error.code : undefined
  if (code === 'ECONNABORTED' || code === 'ETIMEDOUT')
    return new AppError('TIMEOUT', 'The backend took too long to answer.')
  return new AppError('BAD_GATEWAY', 'The backend cannot be reached.')
}
