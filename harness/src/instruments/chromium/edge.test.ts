import { createServer, type IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import type { Exchange } from '../http-exchange.ts'
import { openEdge } from './edge.ts'

async function startInstance(name: string): Promise<string> {
  const server = createServer((incoming, response) => {
    response.setHeader('x-instance', name)
    response.setHeader('set-cookie', ['a=1', 'b=2'])
    void text(incoming).then((body) => {
      response.end(JSON.stringify({ headers: incoming.headers, body }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function edgeBefore(instances: string[]) {
  const recorded: Exchange[] = []
  const edge = await openEdge(
    { origin: 'https://app.test', instances, csrf: 'none', deadlineMs: 5000 },
    (exchange) => recorded.push(exchange),
  )
  onTestFinished(() => edge.stop())
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(edge.resolverRules)?.[1])
  const ask = (host: string, path: string, body?: string) =>
    new Promise<{ answer: IncomingMessage; body: string }>((resolve, reject) => {
      const call = request({
        host: '127.0.0.1',
        port,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: { host, 'x-forwarded-for': '6.6.6.6' },
        rejectUnauthorized: false,
      })
      call.on('error', reject)
      call.on(
        'response',
        (answer) =>
          void text(answer).then((all) => {
            resolve({ answer, body: all })
          }),
      )
      call.end(body)
    })
  return { edge, recorded, ask }
}

it('forwards to the instances as a TLS edge does, and keeps what was asked and answered', async () => {
  const { edge, recorded, ask } = await edgeBefore([
    await startInstance('one'),
    await startInstance('two'),
  ])
  const { answer, body } = await ask('app.test', '/x?y=1', 'hello')
  const seen = JSON.parse(body) as { headers: Record<string, string>; body: string }
  expect([answer.statusCode, answer.headers['set-cookie'], seen.body]).toEqual([
    200,
    ['a=1', 'b=2'],
    'hello',
  ])
  expect([
    seen.headers['host'],
    seen.headers['x-forwarded-proto'],
    seen.headers['x-forwarded-host'],
  ]).toEqual(['app.test', 'https', 'app.test'])
  expect(seen.headers['x-forwarded-for']).not.toContain('6.6.6.6')
  expect(edge.calls().map(({ host, method, path }) => `${method} ${host}${path}`)).toEqual([
    'POST app.test/x?y=1',
  ])
  expect(recorded.map(({ call, status }) => [call.path, status])).toEqual([['/x?y=1', 200]])
  edge.route('in turn')
  const turns = [await ask('app.test', '/'), await ask('app.test', '/')]
  expect(turns.map((each) => each.answer.headers['x-instance']).sort()).toEqual(['one', 'two'])
})

it('serves the pages of other sites until it is reset, and nothing of theirs from the application', async () => {
  const { edge, ask } = await edgeBefore([await startInstance('one')])
  const url = new URL(edge.servePage(edge.evil, '<p>attack'))
  expect([url.host, edge.subdomain]).toEqual(['evil.test', 'https://sub.app.test'])
  expect((await ask('evil.test', url.pathname)).body).toEqual('<p>attack')
  expect((await ask('sub.app.test', url.pathname)).answer.statusCode).toEqual(404)
  edge.reset()
  expect((await ask('evil.test', url.pathname)).answer.statusCode).toEqual(404)
})

it('answers 502 for an instance that is gone', async () => {
  const { ask } = await edgeBefore(['http://127.0.0.1:9'])
  expect((await ask('app.test', '/')).answer.statusCode).toEqual(502)
})
