import type { Readable } from 'node:stream'
import { BffFailure, unavailable } from './failure.ts'
import type { Services } from './services.ts'

/** What the storage host began to send. */
export interface StorageAnswer {
  status: number
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Readable
}

export interface StorageRequest {
  range: string | undefined
  ifRange: string | undefined
  /** Ends the download. */
  signal: AbortSignal
}

/** Fetches from the storage host with nothing but the presigned URL. */
export interface Storage {
  /** Any status. 502 for a URL that is off the allow-list or a host that cannot be reached, 504 when no headers come in time. */
  open(url: string, request: StorageRequest): Promise<StorageAnswer>
}

/** A URL that the backend gave, if it is on the allow-list; 502 otherwise. */
export function storageUrl(text: string, { storageOrigin }: Services['settings']): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const right = storageOrigin ?? url?.origin
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== right)
    throw unavailable(502, 'storage_url_refused')
  return url
}

export function createStorage({ http, settings }: Pick<Services, 'http' | 'settings'>): Storage {
  return {
    async open(text, { range, ifRange, signal }) {
      const url = storageUrl(text, settings)
      const controller = new AbortController()
      const stop = () => {
        controller.abort(new BffFailure(499, 'client_left'))
      }
      if (signal.aborted) stop()
      signal.addEventListener('abort', stop, { once: true })
      const timer = setTimeout(() => {
        controller.abort(unavailable(504, 'storage_timeout'))
      }, settings.upstreamMs)
      try {
        const { statusCode, headers, body } = await http.open(
          url,
          {
            accept: '*/*',
            'accept-encoding': 'identity',
            ...(range === undefined ? {} : { range }),
            ...(range === undefined || ifRange === undefined ? {} : { 'if-range': ifRange }),
          },
          controller.signal,
        )
        // A body that nobody reads to its end is destroyed, which undici reports as an error.
        body.on('error', () => undefined)
        return { status: statusCode, headers, body }
      } catch (cause) {
        if (controller.signal.aborted && controller.signal.reason instanceof BffFailure)
          throw controller.signal.reason
        throw unavailable(502, 'storage_unreachable', cause)
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
