import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createControlClient } from './control/client.ts'

function launch(...flags: string[]): ChildProcess {
  const cli = join(import.meta.dirname, 'cli.ts')
  const node = ['--import', 'tsx', '--conditions=source', cli, ...flags]
  return spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function firstError(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('no stderr')
  const [chunk] = (await once(child.stderr, 'data')) as [Buffer]
  return chunk.toString()
}

async function firstLine(child: ChildProcess): Promise<{ url: string; storageUrl: string }> {
  if (!child.stdout) throw new Error('no stdout')
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  return JSON.parse(chunk.toString()) as { url: string; storageUrl: string }
}

async function ending(child: ChildProcess): Promise<{ code: unknown; told: string }> {
  const told = child.stderr ? text(child.stderr) : ''
  const [code] = (await once(child, 'exit')) as [unknown]
  return { code, told: await told }
}

/** Starts on free ports, asks `use`, stops by SIGTERM. */
async function served<T>(flags: string[], use: (url: string) => Promise<T>): Promise<T> {
  const child = launch('--json', '--port', '0', '--storage-port', '0', ...flags)
  const ended = once(child, 'exit')
  try {
    const { url } = await firstLine(child)
    return await use(url)
  } finally {
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  }
}

test('serves a world with the options given and stops on SIGTERM', async () => {
  const flags = ['--access-ttl', '60s', '--rotation', 'grace', '--rate-limits', 'off']
  const seen = await served(flags, async (url) => {
    const control = createControlClient(url)
    const { authentication } = await control.config()
    const { rotation, rateLimits } = await control.options()
    return { ttl: authentication.accessTokens.expiryPeriod, rotation, rateLimits }
  })
  expect(seen).toEqual({ ttl: 60_000, rotation: 'grace', rateLimits: 'off' })
})

test('says on stderr what of an export it leaves out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mock-conduit-'))
  const file = join(folder, 'state.json')
  const modules = { authentication: { accessTokens: { jwtSecret: 'sesame' } }, email: {} }
  writeFileSync(file, JSON.stringify({ configs: { modules }, modules: {} }))
  const child = launch('--json', '--port', '0', '--storage-port', '0', '--state', file)
  const [told] = await Promise.all([firstError(child), firstLine(child)])
  child.kill('SIGTERM')
  rmSync(folder, { recursive: true })
  expect(told).toBe(
    'Left out of the import: 2 things\n  configs.authentication.accessTokens.jwtSecret: a secret\n  configs.email: a module the mock has not\n',
  )
})

test('serves the schemas of an export', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mock-conduit-'))
  const file = join(folder, 'schemas.json')
  const schema = { name: 'Car', fields: { wheels: { type: 'Number' } }, modelOptions: {} }
  writeFileSync(file, JSON.stringify({ schemas: [schema], extensions: [] }))
  const rows = await served(['--schemas', file], (url) => createControlClient(url).documents('Car'))
  rmSync(folder, { recursive: true })
  expect(rows).toEqual([])
})

test('asks for the control token', async () => {
  await served(['--control-token', 'opens'], async (url) => {
    await expect(createControlClient(url).clock()).rejects.toMatchObject({ status: 403 })
    expect((await createControlClient(url, { token: 'opens' }).clock()).frozen).toBe(false)
  })
})

test('a port that was asked for and is taken is an error that says so', async () => {
  const holder = createServer()
  holder.listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { code, told } = await ending(launch('--port', String(port), '--storage-port', '0'))
  holder.close()
  expect(code).toBe(1)
  expect(told).toBe(
    `mock-conduit: Port ${port} on 127.0.0.1 is taken. Choose another, or 0 for a free one.\n`,
  )
})

test('refuses to be bound elsewhere without a control token', async () => {
  const { code, told } = await ending(launch('--host', '0.0.0.0', '--port', '0'))
  expect(code).toBe(1)
  expect(told).toBe(
    'mock-conduit: Bound to 0.0.0.0 the mock needs a controlToken, or anybody there could drive it.\n',
  )
})

test('refuses flags it does not know', async () => {
  const { code, told } = await ending(launch('--prot', '1'))
  expect(code).toBe(1)
  expect(told).toContain("unknown option '--prot'")
})
