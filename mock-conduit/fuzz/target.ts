import { Agent, request as httpRequest } from 'node:http'
import { everyFeature } from '../scripts/compat/worlds.ts'
import type { ControlClient } from '../src/control/client.ts'
import { createMockConduit, startMockConduit } from '../src/index.ts'
import { deepMerge } from '../src/world/config.ts'
import { wellFormed } from './hostile-values.ts'
import { prepareWorld } from './prepare-world.ts'
import type { FuzzAnswer, FuzzRequest } from './request.ts'

const FORK = 'fuzz'

/** A mock under fire. Each run goes to a fork of its own, so a run repeats whatever came before. */
export interface Target {
  /** Forks the prepared world, plays the run in it, and drops it. */
  inFork<T>(run: () => Promise<T>): Promise<T>
  send(request: FuzzRequest): Promise<FuzzAnswer>
  stop(): Promise<void>
}

const mockOptions = { world: 'recorded', options: { rateLimits: 'off', email: true } } as const
const config = deepMerge(everyFeature, {
  authentication: { local: { verification: { required: false, send_email: false } } },
})

type Wire = (url: string, request: FuzzRequest) => Promise<FuzzAnswer>

/** A mock without a socket. */
export async function targetInProcess(): Promise<Target> {
  const mock = createMockConduit(mockOptions)
  const wire: Wire = async (url, { method, headers, body }) => {
    const answer = await mock.fetch(
      new Request(url, {
        method,
        headers: byteHeaders(headers),
        ...(body === undefined || method === 'GET' || method === 'HEAD' ? {} : { body }),
        redirect: 'manual',
      }),
    )
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      body: await answer.text(),
    }
  }
  return targetOf(mock, wire, () => Promise.resolve())
}

/** A listening mock, asked over connections that are kept. */
export async function targetOnSocket(): Promise<Target> {
  const mock = await startMockConduit(mockOptions)
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  return targetOf(
    mock,
    (url, request) => overSocket(agent, url, request),
    async () => {
      agent.destroy()
      await mock.stop()
    },
  )
}

interface Reached {
  url: string
  storageUrl: string
  control: ControlClient
}

async function targetOf(
  { url, storageUrl, control }: Reached,
  wire: Wire,
  stop: () => Promise<void>,
): Promise<Target> {
  await control.setConfig(config)
  const known = await prepareWorld(control, (path, init) =>
    wire(url + path, { query: '', headers: [], body: undefined, side: 'api', path, ...init }),
  )
  const fill = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => known.get(name) ?? whole)
  return {
    async inFork(run) {
      await control.createWorld({ name: FORK, from: 'default' })
      try {
        return await run()
      } finally {
        await control.dropWorld(FORK)
      }
    },
    send(request) {
      const base = `${request.side === 'storage' ? storageUrl : url}/~${FORK}`
      const query = request.query === '' ? '' : `?${fill(request.query)}`
      return wire(base + fill(request.path) + query, {
        ...request,
        headers: request.headers.map(([name, value]) => [name, fill(value)]),
        body: request.body === undefined ? undefined : fill(request.body),
      })
    },
    stop,
  }
}

/** Later headers of a name win; characters a header cannot hold are left out. */
function byteHeaders(headers: [string, string][]): Record<string, string> {
  return Object.fromEntries(
    headers.map(([name, value]) => [name, value.replace(/[^\x20-\x7e]/g, '').trim()]),
  )
}

function overSocket(agent: Agent, url: string, request: FuzzRequest): Promise<FuzzAnswer> {
  const { method, headers, body } = request
  const [, origin = '', target = '/'] = /^(https?:\/\/[^/]+)(.*)$/s.exec(url) ?? []
  const { hostname, port } = new URL(origin)
  const path = target.replace(/[^\x21-\x7e]/g, (char) => encodeURIComponent(wellFormed(char)))
  // node gives a DELETE or OPTIONS no length of its own: its body would be read as the next request
  const sized = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      { host: hostname, port, method, path, agent, headers: { ...byteHeaders(headers), ...sized } },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'] ?? '',
            body: Buffer.concat(chunks).toString('utf8'),
          })
        })
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}
