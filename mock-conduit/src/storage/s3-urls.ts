import type { World } from '../world/world.ts'
import type { Place } from './provider.ts'
import { signatureOf, uriEncode } from './s3-signature.ts'
import { signingKey, storageBase } from './storage-base.ts'

const HOUR_SECONDS = 3600

/** The account that signs, from Conduit's `aws` config or made up. */
export function s3Account(world: World): { keyId: string; secret: string; region: string } {
  const { accessKeyId, secretAccessKey, region } = world.config.storage.aws
  return {
    keyId: accessKeyId || 'MOCKCONDUITACCESSKEY',
    secret: secretAccessKey || signingKey(world).toString('hex'),
    region: region || 'us-east-1',
  }
}

/** Conduit's bucket of a container. Source: providers/aws/index.ts:312-315. */
export function bucketOf(world: World, container: string): string {
  return `conduit-${world.config.storage.aws.accountId || 'mock'}-${container}`
}

/** A URL that opens for an hour, signed as the AWS SDK presigns (Signature Version 4 in the query). */
export function presign(
  world: World,
  { method, place, disposition }: { method: 'GET' | 'PUT'; place: Place; disposition?: string },
): string {
  const { keyId, region } = s3Account(world)
  const base = storageBase(world)
  const date = amzDate(world.clock.now())
  const path = `/${bucketOf(world, place.container)}/${place.fileName}`
  const params: [string, string][] = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD'],
    ['X-Amz-Credential', `${keyId}/${date.slice(0, 8)}/${region}/s3/aws4_request`],
    ['X-Amz-Date', date],
    ['X-Amz-Expires', String(HOUR_SECONDS)],
    ['X-Amz-SignedHeaders', 'host'],
    ...(disposition
      ? [['response-content-disposition', disposition] satisfies [string, string]]
      : []),
    ['x-id', method === 'GET' ? 'GetObject' : 'PutObject'],
  ]
  const { signature } = signatureOf({
    account: s3Account(world),
    request: { method, path, params, host: new URL(base).host },
    date,
  })
  params.push(['X-Amz-Signature', signature])
  const query = params.map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`).join('&')
  return `${base}${uriEncode(path, true)}?${query}`
}

/** `20260101T000000Z`. */
export function amzDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

/** Milliseconds of such a date; NaN for anything else. */
export function parseAmzDate(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)?.slice(1)
  if (!parts) return Number.NaN
  const [year, month, day, hour, minute, second] = parts
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}
