import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { start as startPlain } from '../../test/plain-bff.ts'
import { start as startReference } from '../../reference-bff/start.ts'
import { main } from '../cli.ts'
import { freePort } from '../target/free-port.ts'
import { parseTarget } from '../target/read-target.ts'
import { linksOf, loginForms, namedHeaders, namedPaths, scriptsOf } from './page-hints.ts'

type Start = typeof startPlain

/** A BFF that runs already and whose backend is not there yet. */
async function running(start: Start, env: Record<string, string>) {
  const port = await freePort()
  const bff = await start({ PORT: '0', CONDUIT_URL: `http://127.0.0.1:${port}`, ...env })
  onTestFinished(() => bff.stop())
  return { url: bff.url, port }
}

async function init(...argv: string[]): Promise<{ code: number; printed: string; text: string }> {
  const output = join(await mkdtemp(join(tmpdir(), 'init-')), 'bffc.yaml')
  let printed = ''
  const write = (text: string) => {
    printed += text
  }
  const code = await main(['init', '--output', output, '--name', 'found', ...argv], {
    write,
    isTerminal: false,
  })
  return { code, printed, text: await readFile(output, 'utf8').catch(() => '') }
}

it('finds login, list, create, preview, page and cookie of a running BFF', async () => {
  const { url, port } = await running(startReference, {
    REDIS_URL: 'embedded:',
    APP_ORIGIN: 'https://app.test',
    SESSION_PASSWORD: 'a-password-of-more-than-32-characters',
  })
  const { text, printed } = await init(
    url,
    '--backend-port',
    String(port),
    '--origin',
    'https://app.test',
  )
  expect(printed).toContain('Found login, list, create')
  const { routes, session, start } = parseTarget(parse(text))
  expect([start.urls, start.backendPorts]).toEqual([[url], [port]])
  expect(session).toEqual({ cookie: ['__Host-bff_session'], csrf: 'none' })
  expect(
    Object.entries(routes).map(
      ([name, route]) => `${name} ${route?.method ?? ''} ${route?.path ?? ''}`,
    ),
  ).toEqual([
    'login POST /api/auth/login',
    'logout POST /api/auth/logout',
    'list GET /api/posts',
    'create POST /api/posts',
    'preview GET /api/files/{{id}}/preview',
    'me GET /api/me',
  ])
  expect(routes.list).toMatchObject({
    items: '$.items',
    query: { page: 1 },
    pageSize: 20,
    filter: { q: '{{term}}' },
  })
  expect(routes.create?.scope).toEqual(true)
}, 120_000)

it('finds the header that a BFF wants as proof, and its preview', async () => {
  const storagePort = await freePort()
  const { url, port } = await running(startPlain, {
    CSRF: 'header',
    APP_ORIGIN: 'https://app.test',
    STORAGE_URL: `http://127.0.0.1:${storagePort}`,
  })
  const { text } = await init(
    url,
    '--backend-port',
    String(port),
    '--storage-port',
    String(storagePort),
    '--origin',
    'https://app.test',
  )
  const { session, routes, start } = parseTarget(parse(text))
  expect(start.storagePort).toEqual(storagePort)
  expect(session).toEqual({ cookie: ['__Host-sid'], csrf: { header: 'X-CSRF', value: '1' } })
  expect([routes.login.path, routes.preview?.path]).toEqual([
    '/api/login',
    '/api/files/{{id}}/preview',
  ])
}, 120_000)

it('without anybody to sign in writes guesses that say so, and never writes over a file unasked', async () => {
  const { url } = await running(startPlain, { APP_ORIGIN: 'https://app.test' })
  const { code, text } = await init(url)
  expect(code).toEqual(0)
  expect(text).toContain('# Nobody could sign in')
  expect(text).toContain('POST: /api/login')
  expect(text).toContain('# NOT PROVEN')
  expect(parseTarget(parse(text)).target).toEqual('found')
  const file = join(await mkdtemp(join(tmpdir(), 'init-')), 'mine.yaml')
  await writeFile(file, 'mine')
  const again = await init('--preset', 'next-app-router', '--output', file)
  expect([again.code, await readFile(file, 'utf8')]).toEqual([2, 'mine'])
  expect(again.printed).toContain('it is there already; --force writes over it')
  await init('--preset', 'next-app-router', '--output', file, '--force')
  expect(parseTarget(parse(await readFile(file, 'utf8'))).routes.list.path).toEqual('/api/posts')
}, 60_000)

it('says what does not answer', async () => {
  const { code, printed } = await init('http://127.0.0.1:9')
  expect(code).toEqual(2)
  expect(printed).toContain('http://127.0.0.1:9 does not answer')
})

it('reads forms and paths from pages', () => {
  const html =
    '<form action="/enter" method=post><input name=who type=email><input type="password" name="pw"></form>'
  expect(loginForms(html, '/')).toEqual([{ path: '/enter', user: 'who', password: 'pw' }])
  expect(namedPaths('fetch("/api/feed?x=1"); a(`/api/f/${id}`); "/app.js"')).toEqual([
    '/api/feed',
    '/api/f/${id}',
  ])
})

it('says which login failed on the server side', async () => {
  const { url } = await running(startPlain, { APP_ORIGIN: 'https://app.test' })
  const named = ['--email', 'alice@example.com', '--password', 'alice-password-1']
  const { text, printed } = await init(url, '--origin', 'https://app.test', ...named)
  expect(text).toMatch(/POST \/api\/login: 50\d/)
  expect(printed).toContain('something behind it is not')
}, 120_000)

it('reads headers, joined paths and pages out of scripts', () => {
  const script = `fetch('/api/x', { headers: { 'X-Ours': 'yes', 'x-token': t } })
    img.src = '/media/' + encodeURIComponent(id) + '/raw'; location.href = '/gallery'`
  expect(namedHeaders(script)).toEqual([
    { name: 'X-Ours', value: 'yes' },
    { name: 'x-token', value: undefined },
  ])
  expect(namedPaths(script)).toContain('/media/${id}/raw')
  expect(linksOf(script)).toEqual(['/gallery'])
  expect(scriptsOf('<script src=/app.js defer></script>')).toEqual(['/app.js'])
  expect(namedHeaders('<input type=hidden name=_kb value=1>')).toEqual([
    { name: 'x-kb', value: undefined },
  ])
})
