import { createServer } from 'node:http'
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { openExchange } from './http-exchange.ts'
import { until } from './settle.ts'
import { openTcpProxy } from './tcp-proxy.ts'

/** A client whose messages go through a proxy to a server that takes them down. */
async function openWay(wait?: (ms: number) => Promise<void>) {
  const received: string[] = []
  const server = createTcpServer((socket) =>
    socket.on('data', (data) => received.push(data.toString())).on('error', () => undefined),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const proxy = await openTcpProxy({ host: '127.0.0.1', port }, wait)
  const client = connect(proxy.port, '127.0.0.1').on('error', () => undefined)
  onTestFinished(async () => {
    client.destroy()
    await proxy.stop()
    server.close()
  })
  return { received, proxy, client }
}

it('passes, refuses, cuts, is silent, and passes again', async () => {
  const server = createServer((_, response) => response.end('ok'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy = await openTcpProxy({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
  })
  onTestFinished(async () => {
    await proxy.stop()
    server.close()
  })
  const ask = async (deadlineMs = 20_000) => {
    const { status, failure } = await openExchange(
      `http://127.0.0.1:${proxy.port}`,
      { method: 'GET', path: '/', headers: [['Host', 'x']] },
      deadlineMs,
    ).done
    return failure ?? status
  }
  const seen: unknown[] = [await ask()]
  for (const mode of ['refuse', 'cut', 'silent', 'open'] as const) {
    await proxy.set(mode)
    seen.push(await ask(mode === 'silent' ? 200 : undefined))
  }
  expect(seen).toEqual([200, 'reset', 'reset', 'no answer in time', 200])
})

it('is as slow as it is told', async () => {
  const asked: number[] = []
  const over: (() => void)[] = []
  const { received, proxy, client } = await openWay((ms) => {
    asked.push(ms)
    return new Promise((resolve) => over.push(resolve))
  })
  await proxy.delay(150)
  client.write('slow')
  await until(5000, () => asked.length > 0)
  expect([asked, received]).toEqual([[150], []])
  for (const end of over) end()
  await until(5000, () => received.length > 0)
  expect(received).toEqual(['slow'])
})

it('cuts before the message after the last one that may pass', async () => {
  const received: string[] = []
  const server = createTcpServer((socket) =>
    socket
      .on('data', (data) => {
        received.push(data.toString())
        socket.write(data)
      })
      .on('error', () => undefined),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy = await openTcpProxy({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
  })
  onTestFinished(async () => {
    await proxy.stop()
    server.close()
  })
  const isCut = proxy.cutAfter(1)
  const client = connect(proxy.port, '127.0.0.1')
  const closed = new Promise<string>((resolve) =>
    client
      .on('error', () => undefined)
      .on('close', () => {
        resolve('closed')
      }),
  )
  const echoed = new Promise((resolve) => client.once('data', resolve))
  client.write('first')
  await echoed
  const before = isCut()
  client.write('second')
  expect([before, await closed, isCut(), received]).toEqual([false, 'closed', true, ['first']])
})

it('keeps messages back until it is released, and then keeps their order', async () => {
  const { received, proxy, client } = await openWay()
  const way = proxy.hold()
  client.write('one ')
  expect(await until(5000, () => way.waiting() === 1)).toEqual(true)
  client.write('two ')
  expect(await until(5000, () => way.waiting() === 2)).toEqual(true)
  expect(received).toEqual([])
  way.release()
  client.write('three')
  await until(5000, () => received.join('').length === 13)
  expect([received.join(''), way.waiting()]).toEqual(['one two three', 0])
})

it('hears what clients send, from being asked to on until it is asked what it heard', async () => {
  const { received, proxy, client } = await openWay()
  const say = async (text: string) => {
    client.write(text)
    await until(5000, () => received.join('').endsWith(text))
  }
  await say('before')
  const ear = proxy.listen()
  await say('meanwhile')
  const heard = ear.heard().toString()
  await say('after')
  expect([heard, ear.heard().toString()]).toEqual(['meanwhile', 'meanwhile'])
})
