import { timingSafeEqual } from 'node:crypto'
import type { WireRequest } from '../wire/message.ts'
import type { World } from '../world/world.ts'
import { S3Error } from './s3-error.ts'
import { signatureOf } from './s3-signature.ts'
import { parseAmzDate, s3Account } from './s3-urls.ts'
import { storageBase } from './storage-base.ts'

/**
 * Throws unless the query's signature opens this request, or `anonymous` is allowed and there is none. A GET's signature
 * serves HEAD too, as at Google's store; Amazon's own refuses that. The signed host is the one the request names.
 */
export function checkS3Access(
  world: World,
  request: WireRequest,
  { path, params, anonymous }: { path: string; params: URLSearchParams; anonymous: boolean },
): void {
  const signature = params.get('X-Amz-Signature')
  const header = request.headers['authorization']
  if (signature === null && header === undefined && anonymous) return
  if (signature === null) throw new S3Error('AccessDenied')
  if (header !== undefined)
    throw new S3Error('InvalidArgument', { ArgumentName: 'Authorization', ArgumentValue: header })
  const date = params.get('X-Amz-Date') ?? ''
  const signedAt = parseAmzDate(date)
  const seconds = Number(params.get('X-Amz-Expires') ?? Number.NaN)
  const [keyId] = (params.get('X-Amz-Credential') ?? '').split('/')
  if (Number.isNaN(signedAt) || Number.isNaN(seconds) || !keyId)
    throw new S3Error('AuthorizationQueryParametersError')
  const account = s3Account(world)
  if (keyId !== account.keyId) throw new S3Error('InvalidAccessKeyId', { AWSAccessKeyId: keyId })
  const signed = {
    path,
    params: Array.from(params).filter(([name]) => name !== 'X-Amz-Signature'),
    host: request.headers['host'] ?? new URL(storageBase(world)).host,
  }
  const methods = request.method === 'HEAD' ? ['GET', 'HEAD'] : [request.method]
  const expected = methods.map((method) =>
    signatureOf({ account, request: { ...signed, method }, date }),
  )
  const [first] = expected
  if (world.clock.now() > signedAt + seconds * 1000)
    throw new S3Error(
      'AccessDenied',
      {
        'X-Amz-Expires': String(seconds),
        Expires: isoSeconds(signedAt + seconds * 1000),
        ServerTime: isoSeconds(world.clock.now()),
        StringToSign: first?.stringToSign ?? '',
      },
      'Request has expired',
    )
  if (expected.some((each) => equal(each.signature, signature))) return
  throw new S3Error('SignatureDoesNotMatch', {
    AWSAccessKeyId: keyId,
    StringToSign: first?.stringToSign ?? '',
    SignatureProvided: signature,
    CanonicalRequest: first?.canonicalRequest ?? '',
  })
}

function equal(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
}
