import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { TargetInput } from '../src/target/schema.ts'
import { minimalTarget } from './target-samples.ts'

/** A server that stands where a BFF is expected, as a target that runs already; closed after the test. */
export async function runningTarget(answer: RequestListener): Promise<TargetInput> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return { ...minimalTarget, target: 'control', start: { urls: [url] } }
}

/** The sound BFF beside this file, in the test's own process. */
export const plainTarget: TargetInput = {
  ...minimalTarget,
  target: 'plain-bff',
  start: {
    module: './plain-bff.ts',
    env: {
      PORT: '{{port}}',
      CONDUIT_URL: '{{backend.url}}',
      STORAGE_URL: '{{storage.url}}',
      APP_ORIGIN: '{{origin}}',
    },
  },
}
