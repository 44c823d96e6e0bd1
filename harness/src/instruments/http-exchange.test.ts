import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { decodedBody, headersNamed, openExchange, textOf, type WireCall } from './http-exchange.ts'

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

const get: WireCall = { method: 'GET', path: '/', headers: [['Host', 'app.test']] }

it('keeps header order and case, repeated headers, and the bytes as sent', async () => {
  const base = await serve((request, response) => {
    response.writeHead(
      200,
      [
        ['X-B', '1'],
        ['x-a', request.headers.host ?? ''],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['Content-Encoding', 'gzip'],
      ].flat(),
    )
    response.end(gzipSync('hello'))
  })
  const exchange = await openExchange(base, get, 5000).done
  expect(exchange.headers.slice(0, 2)).toEqual([
    ['X-B', '1'],
    ['x-a', 'app.test'],
  ])
  expect(headersNamed(exchange.headers, 'set-cookie')).toEqual(['a=1', 'b=2'])
  expect(exchange.rawBody.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]))
  expect(textOf(exchange)).toEqual('hello')
})

it('says when an answer is cut short', async () => {
  const base = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '10' })
    response.write('half')
    response.socket?.end()
  })
  const exchange = await openExchange(base, get, 5000).done
  expect([exchange.status, exchange.failure]).toEqual([200, 'cut short'])
})

it('shows the server that the client went away', async () => {
  const gone = withResolvers()
  const base = await serve((request, response) => {
    response.write('x')
    request.on('close', () => {
      gone.resolve()
    })
  })
  const open = openExchange(base, get, 5000)
  await open.head
  open.abandon()
  await gone.promise
  expect((await open.done).failure).toEqual('abandoned by the client')
})

it('gives up after the deadline', async () => {
  const base = await serve(() => undefined)
  expect((await openExchange(base, get, 30).done).failure).toEqual('no answer in time')
})

it('cannot decode a body that is not what its header says', () => {
  expect(
    decodedBody({ headers: [['content-encoding', 'gzip']], rawBody: Buffer.from('plain') }),
  ).toEqual(undefined)
})

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
