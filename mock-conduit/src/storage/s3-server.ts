import type { HeaderList, WireRequest, WireResponse } from '../wire/message.ts'
import type { World } from '../world/world.ts'
import { heldBlob } from './blob.ts'
import { readRange } from './byte-range.ts'
import { isPublicContainer } from './containers.ts'
import { objectPath } from './object-path.ts'
import { judgeConditions, rangeStands } from './preconditions.ts'
import { checkS3Access } from './s3-access.ts'
import { S3Error, s3ErrorAnswer } from './s3-error.ts'
import { bucketOf } from './s3-urls.ts'
import { STORAGE, type StoredObject } from './storage-state.ts'

interface Call {
  world: World
  request: WireRequest
  container: string
  key: string
  params: URLSearchParams
  onBody: (bytes: Buffer) => void
}

/** The second dialect of the byte server: an S3-like store with path-style URLs. Not recorded. */
export async function serveS3(
  world: World,
  request: WireRequest,
  onBody: (bytes: Buffer) => void,
): Promise<WireResponse> {
  const requestId = world.ids.bytes(8).toString('hex').toUpperCase()
  const headers: HeaderList = [['x-amz-request-id', requestId], ...corsOf(request)]
  if (request.method === 'OPTIONS') return { status: 200, headers: sized(headers, 0), body: null }
  const { bucket, key } = placeOf(request.path)
  try {
    if (key === undefined) throw new S3Error('InvalidURI')
    const prefix = bucketOf(world, '')
    if (!bucket.startsWith(prefix)) throw new S3Error('NoSuchBucket')
    const container = bucket.slice(prefix.length)
    const params = new URLSearchParams(request.query)
    return await serveObject({ world, request, container, key, params, onBody }, headers)
  } catch (error) {
    if (!(error instanceof S3Error)) throw error
    const { method } = request
    return s3ErrorAnswer(error, { method, bucket, key: key ?? '', requestId, headers })
  }
}

/** Bucket and key of a path; no key when an escape cannot be decoded. */
function placeOf(path: string): { bucket: string; key: string | undefined } {
  const [, bucket = '', ...rest] = path.split('/')
  try {
    return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(rest.join('/')) }
  } catch {
    return { bucket, key: undefined }
  }
}

async function serveObject(call: Call, headers: HeaderList): Promise<WireResponse> {
  const { world, request, container, key, params } = call
  const path = objectPath(container, key)
  const object = world.part(STORAGE).object(path)
  const reads = request.method === 'GET' || request.method === 'HEAD'
  const anonymous = reads && (isPublicContainer(world, container) || object?.isPublic === true)
  checkS3Access(world, request, {
    path: `/${bucketOf(world, container)}/${key}`,
    params,
    anonymous,
  })
  if (request.method === 'PUT') return putObject(call, headers)
  if (!reads) throw new S3Error('MethodNotAllowed')
  if (!object) throw new S3Error('NoSuchKey')
  return getObject(call, object, headers)
}

async function putObject(call: Call, headers: HeaderList): Promise<WireResponse> {
  const { world, request, container, key, onBody } = call
  const bytes = await request.readBody(Infinity)
  onBody(bytes)
  const blob = heldBlob(bytes)
  checkDigest(request.headers['content-md5'], blob.etag())
  const path = objectPath(container, key)
  world.part(STORAGE).put(path, {
    blob,
    isPublic: world.part(STORAGE).object(path)?.isPublic ?? false,
    contentType: request.headers['content-type'] ?? 'binary/octet-stream',
    contentEncoding: request.headers['content-encoding'],
    modifiedAt: world.clock.now(),
  })
  return { status: 200, headers: sized([...headers, ['ETag', `"${blob.etag()}"`]], 0), body: null }
}

/** What `Content-MD5` (RFC 1864) promises must be what came. Source: Amazon S3, PutObject and its error codes InvalidDigest and BadDigest. */
function checkDigest(promised: string | undefined, md5Hex: string): void {
  if (promised === undefined) return
  const digest = Buffer.from(promised, 'base64')
  if (digest.length !== 16) throw new S3Error('InvalidDigest', { 'Content-MD5': promised })
  if (digest.toString('hex') !== md5Hex)
    throw new S3Error('BadDigest', {
      ExpectedDigest: promised,
      CalculatedDigest: Buffer.from(md5Hex, 'hex').toString('base64'),
    })
}

function getObject(
  { request, params }: Call,
  object: StoredObject,
  headers: HeaderList,
): WireResponse {
  const { blob, modifiedAt } = object
  const validators = { etag: `"${blob.etag()}"`, modifiedAt }
  const verdict = judgeConditions(request.headers, validators)
  if (verdict === 'failed') throw new S3Error('PreconditionFailed')
  const about: HeaderList = [
    ...headers,
    ['Last-Modified', new Date(modifiedAt).toUTCString()],
    ['ETag', validators.etag],
    ['Accept-Ranges', 'bytes'],
    ...describing(object, params),
  ]
  if (verdict === 'not-modified') return { status: 304, headers: about, body: null }
  const range = rangeStands(request.headers, validators)
    ? readRange(request.headers['range'], blob.size)
    : 'whole'
  if (range === 'unsatisfiable')
    throw new S3Error('InvalidRange', {
      ActualObjectSize: String(blob.size),
      RangeRequested: request.headers['range'] ?? '',
    })
  const { start, end } = range === 'whole' ? { start: 0, end: blob.size - 1 } : range
  const partial: HeaderList =
    range === 'whole' ? [] : [['Content-Range', `bytes ${start}-${end}/${blob.size}`]]
  return {
    status: range === 'whole' ? 200 : 206,
    headers: sized([...about, ...partial], end - start + 1),
    body: request.method === 'HEAD' ? null : bodyOf(object, start, end + 1),
  }
}

function bodyOf({ blob }: StoredObject, start: number, end: number): WireResponse['body'] {
  return end <= start ? Buffer.alloc(0) : blob.chunks(start, end)
}

/** Headers of the object's own, which a signed URL may override. */
function describing(object: StoredObject, params: URLSearchParams): HeaderList {
  const own: [string, string | undefined][] = [
    ['Content-Type', object.contentType ?? 'binary/octet-stream'],
    ['Content-Encoding', object.contentEncoding],
    ['Content-Disposition', undefined],
    ['Content-Language', undefined],
    ['Cache-Control', undefined],
    ['Expires', undefined],
  ]
  const overridable = params.has('X-Amz-Signature')
  return own.flatMap(([name, value]) => {
    const override = overridable ? params.get(`response-${name.toLowerCase()}`) : null
    const shown = override ?? value
    return shown === undefined ? [] : [[name, onWire(shown)] satisfies [string, string]]
  })
}

/** A header travels as bytes: UTF-8, seen by node as latin1. */
function onWire(text: string): string {
  return Buffer.from(text.replace(/[\r\n]+/g, ' ')).toString('latin1')
}

function corsOf({ headers, method }: WireRequest): HeaderList {
  const origin = headers['origin']
  if (origin === undefined) return []
  const shared: HeaderList = [
    ['Access-Control-Allow-Origin', '*'],
    ['Access-Control-Expose-Headers', 'ETag, Content-Range, Accept-Ranges, x-amz-request-id'],
  ]
  if (method !== 'OPTIONS') return shared
  return [
    ...shared,
    ['Access-Control-Allow-Methods', 'GET, HEAD, PUT'],
    ['Access-Control-Allow-Headers', headers['access-control-request-headers'] ?? '*'],
  ]
}

function sized(headers: HeaderList, length: number): HeaderList {
  return [...headers, ['Content-Length', String(length)]]
}
