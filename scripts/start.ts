import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { startMockConduit } from 'mock-conduit'
import { buildNextApp } from './build-next-app.ts'
import { portOrFree } from './free-port.ts'

/** `npm start`: the mock with the blog world, its byte server and the sample app on an embedded vault. */
async function start(): Promise<void> {
  const mock = await startMockConduit({
    world: 'blog',
    port: await portOrFree(3000),
    storagePort: await portOrFree(3100),
  })
  console.log(`mock-conduit  ${mock.url}  (console: ${mock.url}/__mock/)`)
  console.log(`storage       ${mock.storageUrl}`)
  await buildNextApp(join(import.meta.dirname, '../sample-app'), console.log)
  const port = await portOrFree(4000)
  const origin = `http://127.0.0.1:${port}`
  const app = startApp({ port, origin, backend: mock.url, storage: mock.storageUrl })
  const stop = async () => {
    app.kill('SIGTERM')
    await mock.stop()
  }
  whenOrphaned(() => void stop().then(() => process.exit(0)))
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(0)))
  app.once('exit', (code) => {
    console.error(`The sample app ended with ${code}.`)
    void mock.stop().then(() => process.exit(1))
  })
  await answers(app, `${origin}/login`)
  console.log(`sample app    ${origin}`)
  console.log(usersText(mock.url))
}

/** npm does not pass every signal on; when it is gone, so is the reason to run. */
function whenOrphaned(end: () => void): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) end()
  }, 500).unref()
}

function startApp(about: {
  port: number
  origin: string
  backend: string
  storage: string
}): ChildProcess {
  const next = join(import.meta.dirname, '../node_modules/next/dist/bin/next')
  return spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', String(about.port)], {
    cwd: join(import.meta.dirname, '../sample-app'),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(about.port),
      APP_ORIGIN: about.origin,
      CLIENT_BASE_URL: about.backend,
      STORAGE_ORIGINS: about.storage,
      REDIS_URL: 'embedded:',
      SESSION_SECRET: randomBytes(32).toString('hex'),
    },
  })
}

/** Resolves once the app answers; it is asked again each time its output or the last answer says "not yet". */
async function answers(app: ChildProcess, url: string): Promise<void> {
  while (app.exitCode === null) {
    const response = await fetch(url, { redirect: 'manual' }).catch(() => undefined)
    if (response && response.status < 500) return
    await once(AbortSignal.timeout(100), 'abort')
  }
}

function usersText(url: string): string {
  return `
Users: alice@example.com / alice-password-1 · bob@example.com / bob-password-1

Expire Alice's access token (the next page renews it, exactly once):
  curl -X POST ${url}/__mock/users/alice@example.com/expire
See what the app asked of Conduit:
  curl '${url}/__mock/journal?operation=POST%20/authentication/renew'
Stop with Ctrl+C.`
}

await start()
