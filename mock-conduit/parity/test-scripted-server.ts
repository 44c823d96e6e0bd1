import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import type { RecordedResponse, RecordedStep, Recording } from './recording.ts'

/** Servers that live until the end of a test. */
export function scriptedServers() {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })
  return async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
    const server = createServer(answer)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }
}

/** Sends JSON with nothing but its type and length as headers. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  const text = JSON.stringify(value)
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
}

/** What a recording of `sendJson` holds. */
export function recordedJson(
  value: Extract<RecordedResponse['body'], { kind: 'json' }>['value'],
  status: [code: number, reason: string] = [200, 'OK'],
): RecordedResponse {
  return {
    status: status[0],
    reason: status[1],
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(JSON.stringify(value))),
    },
    body: { kind: 'json', value },
  }
}

/** A scenario of these steps under the baseline config. */
export function recordingOf(steps: RecordedStep[]): Recording {
  return {
    id: 'small',
    title: 'Small',
    area: 'x',
    config: {},
    steps,
    development: false,
    source: JSON.stringify(steps),
  }
}
