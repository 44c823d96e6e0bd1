import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { createControlClient } from 'mock-conduit/control'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildNextApp } from './build-next-app.ts'

let child: ChildProcess
let mockUrl = ''
let appUrl = ''
const printed: string[] = []

/** Starts `npm start` as a user does and reads the URLs it prints. */
beforeAll(async () => {
  await buildNextApp(join(import.meta.dirname, '../sample-app'))
  child = spawn('npm', ['start'], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  if (!child.stdout) throw new Error('npm start has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line)
    mockUrl = /^mock-conduit\s+(\S+)/.exec(line)?.[1] ?? mockUrl
    appUrl = /^sample app\s+(\S+)/.exec(line)?.[1] ?? appUrl
    if (line.startsWith('Stop with')) break
  }
}, 300_000)

afterAll(() => {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
})

/** Calls the app as its own page would, with the cookie that login set. */
async function call(
  method: string,
  path: string,
  options: { body?: unknown; cookie?: string } = {},
): Promise<Response> {
  return fetch(appUrl + path, {
    method,
    redirect: 'manual',
    headers: {
      origin: appUrl,
      'sec-fetch-site': 'same-origin',
      ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  })
}

test('npm start serves a person from login to preview, and an expired token is renewed exactly once', async () => {
  const control = createControlClient(mockUrl)
  const login = await call('POST', '/api/auth/login', {
    body: { email: 'alice@example.com', password: 'alice-password-1' },
  })
  expect(login.status).toBe(200)
  const cookie = login.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')

  const created = await call('POST', '/api/posts', {
    cookie,
    body: { title: 'Written by the start test', body: 'Hello.' },
  })
  expect([created.status, await created.json()]).toMatchObject([
    200,
    { title: 'Written by the start test' },
  ])

  const list = await call('GET', '/api/posts?page=1', { cookie })
  const page: unknown = await list.json()
  expect(page).toMatchObject({ total: 61 })

  const picture = (await control.files()).find((file) => file['mimeType'] === 'image/png')
  const preview = await call('GET', `/api/preview/${String(picture?.['_id'])}`, { cookie })
  expect([preview.status, preview.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect((await preview.arrayBuffer()).byteLength).toBe(picture?.['size'])

  await control.expire('alice@example.com')
  expect((await call('GET', '/api/posts?page=2', { cookie })).status).toBe(200)
  const { entries } = await control.journal({ operation: 'POST /authentication/renew' })
  expect(entries.map(({ status }) => status)).toEqual([200])
})

test('what it prints names the URLs, the users and how to expire a token', () => {
  const text = printed.join('\n')
  expect(text).toContain(`mock-conduit  ${mockUrl}`)
  expect(text).toContain('alice@example.com / alice-password-1')
  expect(text).toContain(`curl -X POST ${mockUrl}/__mock/users/alice@example.com/expire`)
})
