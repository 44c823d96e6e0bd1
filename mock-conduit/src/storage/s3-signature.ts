import { createHash, createHmac } from 'node:crypto'

/** A request as Signature Version 4 sees it, decoded. `params` without the signature. */
export interface SignableRequest {
  method: string
  path: string
  params: readonly (readonly [name: string, value: string])[]
  host: string
}

export interface SigningAccount {
  secret: string
  region: string
}

/** The signature of a presigned request with an unsigned payload and `host` alone among signed headers, and what it is made of. Source: AWS "Authenticating Requests: Using Query Parameters". */
export function signatureOf({
  account,
  request,
  date,
}: {
  account: SigningAccount
  request: SignableRequest
  date: string
}): { signature: string; stringToSign: string; canonicalRequest: string } {
  const { method, path, params, host } = request
  const query = params
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .sort()
    .join('&')
  const canonicalRequest = [
    method,
    uriEncode(path, true),
    query,
    `host:${host}`,
    '',
    'host',
    'UNSIGNED-PAYLOAD',
  ].join('\n')
  const day = date.slice(0, 8)
  const scope = `${day}/${account.region}/s3/aws4_request`
  const hash = createHash('sha256').update(canonicalRequest).digest('hex')
  const stringToSign = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash}`
  const key = ['s3', 'aws4_request'].reduce(
    hmac,
    hmac(hmac(`AWS4${account.secret}`, day), account.region),
  )
  return { signature: hmac(key, stringToSign).toString('hex'), stringToSign, canonicalRequest }
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** Percent-encodes everything but RFC 3986's unreserved characters, and slashes if told so. */
export function uriEncode(text: string, keepSlashes = false): string {
  const encoded = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return keepSlashes ? encoded.replaceAll('%2F', '/') : encoded
}
