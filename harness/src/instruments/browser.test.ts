import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { parseTarget } from '../target/read-target.ts'
import { createBrowser } from './browser.ts'
import { textOf } from './http-exchange.ts'
import { routeCall } from './route-call.ts'

const target = parseTarget({
  target: 'forms',
  start: { urls: ['http://127.0.0.1:1'] },
  session: { csrf: { get: '/csrf', json: '$.token', field: 'proof' } },
  routes: {
    login: { POST: '/login', form: { email: '{{user.email}}' } },
    logout: { POST: '/logout', json: {} },
    list: { GET: '/list' },
    upload: { POST: '/files', multipart: { note: 'Größe', file: '{{bytes}}' } },
  },
})

/** A browser at a server that answers with the body it was sent. */
async function atMirror() {
  const server = createServer((request, response) => {
    void text(request.setEncoding('latin1')).then((body) =>
      response.end(request.url === '/csrf' ? '{"token":"t-1"}' : Buffer.from(body, 'latin1')),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return createBrowser(
    {
      origin: undefined,
      instances: [`http://127.0.0.1:${port}`],
      csrf: target.session.csrf,
      deadlineMs: 5000,
    },
    () => undefined,
  )
}

it('puts the proof into forms of either encoding, and each byte of a file as it is', async () => {
  const browser = await atMirror()
  const { login, upload } = target.routes
  const signed = await browser.send(routeCall(login, { 'user.email': 'a@b.test' }))
  expect(textOf(signed)).toEqual('email=a%40b.test&proof=t-1')
  if (!upload) throw new Error('no upload route')
  const bytes = Buffer.from([0, 13, 10, 200, 255])
  const sent = await browser.send(
    routeCall(upload, { bytes: bytes.toString('latin1'), 'file.name': 'a.bin' }),
  )
  expect(sent.rawBody.includes('name="proof"\r\n\r\nt-1\r\n')).toEqual(true)
  expect(sent.rawBody.includes('name="note"\r\n\r\nGröße\r\n')).toEqual(true)
  expect(
    sent.rawBody.includes(Buffer.concat([Buffer.from('\r\n\r\n'), bytes, Buffer.from('\r\n--')])),
  ).toEqual(true)
})
