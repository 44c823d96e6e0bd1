import { onTestFinished } from 'vitest'
import { createBff } from './create-bff.ts'
import type { Parts } from './services.ts'
import type { RunningBff } from './settings.ts'
import { startTestConduit, type TestConduit } from './test-conduit.ts'

export const ORIGIN = 'https://app.test'

/** A scripted backend; stopped after the test. */
export async function testConduit(): Promise<TestConduit> {
  const conduit = await startTestConduit()
  onTestFinished(() => conduit.stop())
  return conduit
}

export interface BffPlan {
  redisUrl?: string
  env?: Record<string, string>
  parts?: Partial<Parts>
}

/** A BFF on a scripted backend; stopped after the test. */
export async function testBff(
  conduit: TestConduit,
  { redisUrl = 'embedded:', env = {}, parts = {} }: BffPlan = {},
): Promise<RunningBff> {
  const bff = await createBff(
    {
      CONDUIT_URL: conduit.url,
      REDIS_URL: redisUrl,
      APP_ORIGIN: ORIGIN,
      SESSION_PASSWORD: 'a password of more than 32 characters',
      ...env,
    },
    parts,
  )
  onTestFinished(() => bff.stop())
  return bff
}

export interface Sending {
  method?: string
  json?: unknown
  cookie?: string | undefined
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** A request as a page of the application's origin sends it. */
export function send(
  bff: RunningBff,
  path: string,
  { method = 'GET', json, cookie, headers, signal }: Sending = {},
): Promise<Response> {
  return fetch(`${bff.url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(method === 'GET' ? {} : { origin: ORIGIN }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === undefined ? {} : { cookie }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    ...(signal === undefined ? {} : { signal }),
  })
}

/** Signs in; the cookie to send from now on. */
export async function signedIn(bff: RunningBff): Promise<string> {
  const answer = await send(bff, '/api/auth/login', {
    method: 'POST',
    json: { email: 'a@example.test', password: 'secret' },
  })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

/** A door that holds whoever comes until it is opened. */
export interface Door {
  pass(): Promise<void>
  /** Resolves when `count` stand before it. */
  waiting(count: number): Promise<void>
  open(): void
}

export function door(): Door {
  let standing = 0
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const watchers: { count: number; tell: () => void }[] = []
  return {
    pass() {
      standing += 1
      for (const { count, tell } of watchers) if (standing >= count) tell()
      return opened
    },
    waiting: (count) =>
      new Promise((resolve) => {
        if (standing >= count) resolve()
        else watchers.push({ count, tell: resolve })
      }),
    open: () => {
      open()
    },
  }
}
