import cors from 'cors'
import type { ConduitConfig } from '../world/config.ts'
import type { HeaderList } from './message.ts'

type Cors = ConduitConfig['router']['cors']

interface Asking {
  method: string
  headers: Record<string, string | undefined>
}

/** What package cors puts on an answer, in its order; nothing while CORS is off. Source: R/security/index.ts:29-46. */
export function crossOrigin(config: Cors, request: Asking): HeaderList {
  return config.enabled ? run(config, request).headers : []
}

/** The whole answer to an OPTIONS that package cors ends itself; undefined while CORS is off or has no origin to allow. */
export function preflight(
  config: Cors,
  headers: Asking['headers'],
): { status: number; headers: HeaderList; body: null } | undefined {
  if (!config.enabled) return undefined
  const { headers: own, ended, status } = run(config, { method: 'OPTIONS', headers })
  return ended ? { status, headers: [['X-Powered-By', 'Express'], ...own], body: null } : undefined
}

/** The package works on a response; this one only takes down what it is told. */
function run(config: Cors, request: Asking) {
  const headers = new Map<string, string>()
  const response = {
    statusCode: 200,
    ended: false,
    getHeader: (name: string) => headers.get(name),
    setHeader: (name: string, value: string) => headers.set(name, value),
    end() {
      this.ended = true
    },
  }
  const { origin, enabled: _, ...options } = config
  cors({ ...options, origin: origin.includes(',') ? origin.split(',') : origin })(
    request,
    response,
    () => undefined,
  )
  return { headers: [...headers], ended: response.ended, status: response.statusCode }
}
