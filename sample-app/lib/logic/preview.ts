import { z } from 'zod'
import { conduitRequest } from '@/lib/conduit-request'
import { env } from '@/lib/env'
import { guardedBody } from '@/lib/logic/guarded-body'
import { previewHeaders } from '@/lib/logic/preview-headers'
import { AppError } from '@/lib/models/app-error'
import type { Preview } from '@/lib/models/preview'

const HEADERS_DEADLINE_MS = 10_000

/** Ids of files are uuids (PostgreSQL) or 24 hex digits (MongoDB): nothing else reaches a path. */
const fileIdForm =
  /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{24})$/i
const urlAnswer = z.object({ result: z.string() })

export interface PreviewRequest {
  vaultKey: string
  fileId: string
  method: 'GET' | 'HEAD'
  /** Range headers of the browser, passed to the storage as they are. */
  range?: string | undefined
  ifRange?: string | undefined
  /** Aborted when the browser goes away; everything upstream stops with it. */
  signal: AbortSignal
}

/** Resolves a presigned URL and opens the stream behind it; the URL never leaves the server. Throws AppError. */
export async function openPreview(request: PreviewRequest): Promise<Preview> {
  if (!fileIdForm.test(request.fileId)) throw new AppError('NOT_FOUND', 'There is no such file.')
  const first = await fetchBytes(request)
  const response = first.status === 403 ? await again(request, first) : first
  if (response.status === 416) {
    await response.body?.cancel()
    return {
      status: 416,
      headers: {
        'Content-Range': response.headers.get('content-range') ?? 'bytes */*',
        'Cache-Control': 'private, no-store',
      },
      body: null,
    }
  }
  if (response.status !== 200 && response.status !== 206) {
    await response.body?.cancel()
    throw response.status === 404
      ? new AppError('NOT_FOUND', 'There is no such file.')
      : new AppError('BAD_GATEWAY', 'The file cannot be read right now.')
  }
  const headers = previewHeaders(response.headers)
  if (request.method === 'GET')
    return { status: response.status, headers, body: response.body && guardedBody(response) }
  await response.body?.cancel()
  return { status: 200, headers, body: null }
}

/** A presigned URL may have run out between resolving and fetching: resolve once more. */
async function again(request: PreviewRequest, refused: Response): Promise<Response> {
  await refused.body?.cancel()
  return fetchBytes(request)
}

async function fetchBytes(request: PreviewRequest): Promise<Response> {
  const url = await presignedUrl(request)
  const headers: Record<string, string> = { 'Accept-Encoding': 'identity' }
  if (request.range !== undefined) headers['Range'] = request.range
  if (request.ifRange !== undefined) headers['If-Range'] = request.ifRange
  const deadline = new AbortController()
  const timer = setTimeout(() => {
    deadline.abort()
  }, HEADERS_DEADLINE_MS)
  try {
    return await fetch(url, {
      headers,
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([request.signal, deadline.signal]),
    })
  } catch {
    throw deadline.signal.aborted
      ? new AppError('TIMEOUT', 'The file storage took too long to answer.')
      : new AppError('BAD_GATEWAY', 'The file storage cannot be reached.')
  } finally {
    clearTimeout(timer)
  }
}

/** Not there, not the caller's, not an id: to the browser there is no such file. */
async function presignedUrl({ vaultKey, fileId, signal }: PreviewRequest): Promise<URL> {
  const data = await conduitRequest(vaultKey, {
    method: 'GET',
    path: `/storage/getFileUrl/${encodeURIComponent(fileId)}`,
    signal,
  }).catch((error: unknown) => {
    const missing =
      error instanceof AppError && (error.code === 'FORBIDDEN' || error.code === 'BAD_REQUEST')
    throw missing ? new AppError('NOT_FOUND', 'There is no such file.') : error
  })
  const answer = urlAnswer.safeParse(data)
  const url =
    answer.success && URL.canParse(answer.data.result) ? new URL(answer.data.result) : undefined
  if (!url || !isStorage(url))
    throw new AppError('BAD_GATEWAY', 'The backend named no usable place for this file.')
  return url
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Bytes come from the origins named in STORAGE_ORIGINS; without it, from the backend's own host. */
function isStorage(url: URL): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false
  const { storageOrigins, clientBaseUrl } = env()
  if (storageOrigins.length > 0) return storageOrigins.includes(url.origin)
  const { hostname } = new URL(clientBaseUrl)
  return url.hostname === hostname || (loopback.has(url.hostname) && loopback.has(hostname))
}
