import { expect, test } from 'vitest'
import { previewHeaders } from '@/lib/logic/preview-headers'

const always = {
  'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'private, no-store',
}

test('a picture is shown, with what describes its bytes and nothing else of the storage', () => {
  const storage = new Headers({
    'Content-Type': 'image/png',
    'Content-Length': '5',
    ETag: '"e"',
    'Set-Cookie': 'a=b',
    'X-Amz-Id-2': 'x',
    'Access-Control-Allow-Origin': '*',
    'Cache-Control': 'public',
  })
  expect(previewHeaders(storage)).toEqual({
    ...always,
    'Content-Type': 'image/png',
    'Content-Disposition': 'inline',
    'content-length': '5',
    etag: '"e"',
  })
})

test.each([
  'text/html',
  'image/svg+xml',
  'application/xhtml+xml',
  'text/xml',
  'application/javascript',
  'application/pdf',
  '',
])('%s is offered as bytes to keep, never run', (type) => {
  expect(previewHeaders(new Headers({ 'Content-Type': type }))).toEqual({
    ...always,
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': 'attachment',
  })
})

test('the length of an encoded body is not that of the decoded one', () => {
  const storage = new Headers({
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Encoding': 'gzip',
    'Content-Length': '5',
  })
  expect(previewHeaders(storage)).toEqual({
    ...always,
    'Content-Type': 'text/plain',
    'Content-Disposition': 'inline',
  })
})
