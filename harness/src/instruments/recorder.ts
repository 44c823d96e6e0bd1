import { scan, type Leak, type ScanMemo } from './canary-scan.ts'
import type { CanaryKind, CanaryRegistry } from './canary-registry.ts'
import { haystacksOf } from './exchange-text.ts'
import { headersNamed, type Exchange } from './http-exchange.ts'

/** A leak, and the check and request during which it happened. */
export interface AttributedLeak extends Leak {
  check: string
  request: string
  status: number
}

/** Keeps what the browsers received; once per check it is searched for secrets and the bodies are let go. */
export interface Recorder {
  record(exchange: Exchange): void
  /** Names the check that is running from now on. */
  enter(check: string): void
  /** Exchanges since `enter`. */
  current(): readonly Exchange[]
  /** Searches what came since `enter`, adds it to the leaks of the run, forgets the bodies. */
  sweep(registry: CanaryRegistry): void
  leaks(): readonly AttributedLeak[]
  /** The `Set-Cookie` headers of each answer of the run. */
  setCookies(): readonly { check: string; headers: readonly string[] }[]
  /** Answers searched so far. */
  searched(): number
}

const SECRETS: readonly CanaryKind[] = [
  'access',
  'refresh',
  'presigned',
  'client-secret',
  'session-password',
]

export function createRecorder(): Recorder {
  let check = 'discovery'
  let pending: Exchange[] = []
  let searched = 0
  const leaks: AttributedLeak[] = []
  const setCookies: { check: string; headers: readonly string[] }[] = []
  return {
    record: (exchange) => pending.push(exchange),
    enter(name) {
      check = name
    },
    current: () => pending,
    sweep(registry) {
      const memo: ScanMemo = new Map()
      for (const exchange of pending) {
        const found = scan(registry, haystacksOf(exchange), SECRETS, memo)
        const request = `${exchange.call.method} ${exchange.call.path}`
        leaks.push(...found.map((leak) => ({ ...leak, check, request, status: exchange.status })))
        setCookies.push({ check, headers: headersNamed(exchange.headers, 'set-cookie') })
        searched += 1
      }
      pending = []
    },
    leaks: () => leaks,
    setCookies: () => setCookies,
    searched: () => searched,
  }
}
