import escapeHtml from 'escape-html'
import type { HeaderList, WireResponse } from '../wire/message.ts'

const errors = {
  AccessDenied: { status: 403, message: 'Access Denied' },
  SignatureDoesNotMatch: {
    status: 403,
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  },
  InvalidAccessKeyId: {
    status: 403,
    message: 'The AWS Access Key Id you provided does not exist in our records.',
  },
  AuthorizationQueryParametersError: {
    status: 400,
    message:
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
  },
  InvalidArgument: {
    status: 400,
    message:
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
  },
  InvalidDigest: { status: 400, message: 'The Content-MD5 you specified was invalid.' },
  BadDigest: {
    status: 400,
    message: 'The Content-MD5 you specified did not match what we received.',
  },
  InvalidURI: { status: 400, message: "Couldn't parse the specified URI." },
  NoSuchKey: { status: 404, message: 'The specified key does not exist.' },
  NoSuchBucket: { status: 404, message: 'The specified bucket does not exist' },
  MethodNotAllowed: {
    status: 405,
    message: 'The specified method is not allowed against this resource.',
  },
  PreconditionFailed: {
    status: 412,
    message: 'At least one of the pre-conditions you specified did not hold',
  },
  InvalidRange: { status: 416, message: 'The requested range is not satisfiable' },
} satisfies Record<string, { status: number; message: string }>

export type S3Code = keyof typeof errors

/** A refusal by the S3-like server; `details` become elements of the XML. */
export class S3Error extends Error {
  readonly code: S3Code
  readonly details: Readonly<Record<string, string>>

  constructor(code: S3Code, details: Record<string, string> = {}, message?: string) {
    super(message ?? errors[code].message)
    this.name = 'S3Error'
    this.code = code
    this.details = details
  }
}

/** The error document, with the key, bucket and resource as MinIO adds them; no body for HEAD. */
export function s3ErrorAnswer(
  error: S3Error,
  about: { method: string; bucket: string; key: string; requestId: string; headers: HeaderList },
): WireResponse {
  const { bucket, key, requestId, headers } = about
  const elements = {
    Code: error.code,
    Message: error.message,
    ...error.details,
    Key: key,
    BucketName: bucket,
    Resource: `/${bucket}/${key}`,
    RequestId: requestId,
    HostId: 'mock-conduit',
  }
  const inner = Object.entries(elements)
    .map(([name, value]) => `<${name}>${escapeHtml(value)}</${name}>`)
    .join('')
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner}</Error>`)
  const size = error.code === 'InvalidRange' ? error.details['ActualObjectSize'] : undefined
  return {
    status: errors[error.code].status,
    headers: [
      ...headers,
      ...(size === undefined
        ? []
        : [['Content-Range', `bytes */${size}`] satisfies [string, string]]),
      ['Content-Type', 'application/xml'],
      ...(about.method === 'HEAD'
        ? []
        : [['Content-Length', String(body.length)] satisfies [string, string]]),
    ],
    body: about.method === 'HEAD' ? null : body,
  }
}
