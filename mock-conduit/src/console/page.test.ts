import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { createMockConduit } from '../index.ts'
import { LOGIN, logIn, smallWorld, startSmallMock } from '../control/test-mock.ts'
import { consolePage } from './page.ts'

const executablePath = '/usr/bin/chromium'

describe('the page', () => {
  test('is served at /__mock/ of each world, without asking for the control token', async () => {
    const mock = createMockConduit({ world: smallWorld, controlToken: 'opens' })
    await mock.control.createWorld({ name: 'second' })
    for (const path of ['/__mock/', '/~second/__mock/']) {
      const answer = await mock.fetch(new Request(mock.url + path))
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'text/html; charset=utf-8',
      ])
    }
    const bare = await mock.fetch(new Request(`${mock.url}/__mock`))
    expect([bare.status, bare.headers.get('location')]).toEqual([302, '/__mock/'])
  })

  test('holds its style and script, names nothing of other hosts, and allows no other script', async () => {
    const page = consolePage()
    const html = await page.text()
    const script = /<script>([^]*)<\/script>/.exec(html)?.[1] ?? ''
    const hash = createHash('sha256').update(script).digest('base64')
    expect(html.match(/(?:src|href)="(?:https?:)?\/\//g)).toBe(null)
    expect(script.match(/^(?:import|export) /gm)).toBe(null)
    expect(page.headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}'`)
  })
})

test.skipIf(!existsSync(executablePath))(
  'shows users and requests as they come, and its buttons act (needs Chromium)',
  async () => {
    await using mock = await startSmallMock()
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    const page = await browser.newPage()
    const failures: string[] = []
    page.on('pageerror', ({ message }) => failures.push(message))
    page.on('console', (said) => {
      if (said.type() === 'error') failures.push(said.text())
    })
    try {
      await page.goto(`${mock.url}/__mock/`)
      await page.locator('#users').getByText('ann@example.com').waitFor()
      await logIn(mock.url)
      await page.locator('#entries').getByText(LOGIN).first().waitFor()
      await page.locator('#users').getByText('live').first().waitFor()
      await page.getByRole('button', { name: 'Block', exact: true }).first().click()
      await page.locator('#users').getByText('blocked').waitFor()
      await page.getByRole('button', { name: 'Freeze' }).click()
      await page.getByRole('button', { name: 'Resume' }).waitFor()
      const blocked = (await mock.control.users()).filter(({ active }) => !active)
      expect(blocked.map(({ email }) => email)).toEqual(['ann@example.com'])
      expect((await mock.control.clock()).frozen).toBe(true)
      expect(failures).toEqual([])
    } finally {
      await browser.close()
    }
  },
)
