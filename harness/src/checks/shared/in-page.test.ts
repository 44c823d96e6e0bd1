import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import type { CheckContext } from '../../context.ts'
import { createChromiumLab } from '../../instruments/chromium/chromium-lab.ts'
import { findChromium } from '../../instruments/chromium/find-chromium.ts'
import type { Session } from '../../session.ts'
import { callInPage } from './in-page.ts'

/** A site whose pages let no script fetch anything; a POST says whether its cookie came. */
async function startFormsOnly(): Promise<string> {
  const server = createServer((incoming, response) => {
    response.setHeader('content-security-policy', "default-src 'none'; form-action 'self'")
    response.setHeader('set-cookie', 'visited=1; Secure; Path=/')
    response.statusCode =
      incoming.method !== 'POST' ? 200 : incoming.headers.cookie?.includes('visited=1') ? 204 : 401
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it.skipIf(findChromium() === undefined)(
  'calls a route from a page whose policy forbids its scripts to',
  async () => {
    const site = {
      origin: 'https://app.test',
      instances: [await startFormsOnly()],
      csrf: 'none' as const,
      deadlineMs: 5000,
    }
    const lab = createChromiumLab({ site, record: () => undefined })
    onTestFinished(() => lab.stop())
    const profile = await lab.newProfile()
    const { page: tab } = await profile.visit('/')
    const ctx = { site, target: { routes: { logout: { method: 'POST', path: '/leave' } } } }
    const session = { user: { file: {} } }
    const at = { profile, tab, session: session as unknown as Session }
    expect(await callInPage(ctx as unknown as CheckContext, at, 'logout')).toBe(204)
  },
  60_000,
)
