import { posix } from 'node:path'
import type { HeaderList, WireRequest, WireResponse } from '../wire/message.ts'
import type { World } from '../world/world.ts'
import { heldBlob } from './blob.ts'
import { diskPathOf } from './disk-path.ts'
import { disposition } from './disposition.ts'
import { isFolder, writeObject } from './local-disk.ts'
import { isSignedLocally } from './local-urls.ts'
import { mimeTypeOf } from './mime-types.ts'
import { STORAGE } from './storage-state.ts'

const cors: HeaderList = [
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Allow-Methods', 'GET, PUT, OPTIONS'],
  ['Access-Control-Allow-Headers', 'Content-Type, x-ms-blob-type'],
  ['Access-Control-Max-Age', '86400'],
]

/**
 * Conduit's local file server. Its plain answers carry neither type nor length; Range and conditions are ignored; a
 * signature covers the method, so HEAD is refused. Source: providers/local/index.ts:116-296, recording st-bytes.
 */
export async function serveLocal(
  world: World,
  request: WireRequest,
  onBody: (bytes: Buffer) => void,
): Promise<WireResponse> {
  if (!world.config.storage.active) return noServer
  if (request.method === 'OPTIONS') return { status: 204, headers: cors, body: null }
  const target = readTarget(request)
  if (!target) return plain(400, 'Bad request')
  const { path, params } = target
  if (!posix.resolve('/root', path).startsWith('/root/')) return plain(403, 'Forbidden')
  const [signature, expires] = [params.get('sig'), params.get('expires')]
  if (signature === null || expires === null) return plain(403, 'Signature required')
  if (!isSignedLocally(world, { method: request.method, path, params, signature, expires }))
    return plain(403, 'Invalid or expired signature')
  return request.method === 'PUT' ? put({ world, request, path, onBody }) : get(world, path, params)
}

/** Nothing listens while storage is switched off; the nearest a shared port comes to it is a reset. */
const noServer: WireResponse = cutOff()

function cutOff(): WireResponse {
  const cut = {
    how: 'reset',
    afterBytes: 0,
    chunkBytes: 1,
    removed: new AbortController().signal,
  } as const
  return { status: 0, headers: [], body: null, cut }
}

interface Target {
  /** Decoded, without leading slashes. */
  path: string
  params: URLSearchParams
}

/** The path and query as a URL parser resolves them; undefined when it cannot. */
function readTarget({ path, query }: WireRequest): Target | undefined {
  try {
    const url = new URL(query === '' ? path : `${path}?${query}`, 'http://localhost')
    return {
      path: decodeURIComponent(url.pathname).replace(/^\/+/, ''),
      params: url.searchParams,
    }
  } catch {
    return undefined
  }
}

function plain(status: number, text: string, extra: HeaderList = []): WireResponse {
  return { status, headers: [...cors, ...extra], body: Buffer.from(text) }
}

function get(world: World, path: string, params: URLSearchParams): WireResponse {
  const object = world.part(STORAGE).object(diskPathOf(path))
  if (!object && !isFolder(world, diskPathOf(path))) return plain(404, 'Not found')
  const type: HeaderList = [['Content-Type', mimeTypeOf(path)]]
  const fileName = params.get('fileName') ?? undefined
  if (fileName !== undefined && /["\r\n]/.test(fileName)) return plain(400, 'Bad request', type)
  const shown = disposition(path.split('/').at(-1) ?? path, {
    download: params.get('download') === 'true',
    fileName,
  })
  // node refuses such a header by a throw that the backend does not catch: the connection breaks
  if (shown !== undefined && !isHeaderText(shown)) return cutOff()
  const headers: HeaderList = [
    ...cors,
    ...type,
    ...(shown === undefined ? [] : [['Content-Disposition', shown] satisfies [string, string]]),
  ]
  if (!object) return { status: 500, headers, body: Buffer.alloc(0) }
  const { blob } = object
  if (blob.size > 0) return { status: 200, headers, body: blob.chunks() }
  return { status: 200, headers: [...headers, ['Content-Length', '0']], body: Buffer.alloc(0) }
}

/** Whether node lets a text into a header. */
function isHeaderText(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text)
}

async function put({
  world,
  request,
  path,
  onBody,
}: {
  world: World
  request: WireRequest
  path: string
  onBody: (bytes: Buffer) => void
}): Promise<WireResponse> {
  const bytes = await request.readBody(Infinity)
  onBody(bytes)
  const [container = '', ...rest] = path.split('/')
  const isPublic = world.part(STORAGE).object(diskPathOf(path))?.isPublic ?? false
  const { 'content-type': contentType, 'content-encoding': contentEncoding } = request.headers
  try {
    const place = { container, fileName: rest.join('/') }
    writeObject(world, place, { blob: heldBlob(bytes), isPublic, contentType, contentEncoding })
  } catch (error) {
    return plain(500, error instanceof Error ? error.message : String(error))
  }
  const type: HeaderList = [['Content-Type', 'application/json']]
  return plain(200, JSON.stringify({ success: true }), type)
}
