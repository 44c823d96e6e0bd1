import { tmpdir } from 'node:os'
import { expect, it, onTestFinished } from 'vitest'
import { minimalTarget } from '../../test/target-samples.ts'
import { openExchange, textOf } from '../instruments/http-exchange.ts'
import { SetupProblem } from '../verdict/outcome-errors.ts'
import { freePort } from './free-port.ts'
import { parseTarget } from './read-target.ts'
import { startTarget } from './start-target.ts'
import type { TargetInput } from './schema.ts'

const server = (body: string) =>
  `node -e "require('http').createServer((q,s)=>s.end(${body})).listen(process.env.PORT,'127.0.0.1')"`

const start = (start: TargetInput['start'], instances = 1) =>
  startTarget({
    target: parseTarget({ ...minimalTarget, start }),
    folder: tmpdir(),
    values: Array.from({ length: instances }, (_, index) => ({
      'backend.url': `http://b${index + 1}`,
    })),
    extraEnv: { MUTANT: 'm' },
  })

it('starts one process per instance with its own backend, waits until it answers, and ends it', async () => {
  const instances = await start(
    {
      command: server('process.env.B+process.env.MUTANT'),
      env: { PORT: '{{port}}', B: '{{backend.url}}' },
    },
    2,
  )
  onTestFinished(async () => {
    await Promise.all(instances.map((instance) => instance.stop()))
  })
  const get = async (url: string) =>
    textOf(
      await openExchange(url, { method: 'GET', path: '/', headers: [['Host', 'x']] }, 2000).done,
    )
  expect(await Promise.all(instances.map((instance) => get(instance.url)))).toEqual([
    'http://b1m',
    'http://b2m',
  ])
  await instances[0]?.stop()
  const gone = await openExchange(
    instances[0]?.url ?? '',
    { method: 'GET', path: '/', headers: [['Host', 'x']] },
    2000,
  ).done
  expect(gone.failure).toEqual('reset')
})

const env = { PORT: '{{port}}' }
const messageOf = (given: TargetInput['start'], instances = 1): Promise<string> =>
  start(given, instances).then(
    () => 'it started',
    (error: unknown) => (error instanceof SetupProblem ? error.message : String(error)),
  )

it('says what a command printed that ended before it was ready, and what to change', async () => {
  const text = await messageOf({ command: "echo 'no such database'; exit 3", env })
  expect(text).toContain('start.command of i1 ended (code 3) before it was ready.')
  expect(text).toMatch(/it printed +no such database\n +to change +.*start\.env/)
  expect(await messageOf({ command: 'exec no-such-program', env })).toContain(
    'does not find the program',
  )
})

it('does not wait for the others when one instance cannot start', async () => {
  const taken = 'echo EADDRINUSE; [ -z "$B" ] || [ "$B" = http://b1 ] && exit 1; sleep 60'
  const text = await messageOf({ command: taken, env: { ...env, B: '{{backend.url}}' } }, 2)
  expect(text).toContain('i1 ended (code 1)')
  expect(text).toContain('must listen on {{port}}')
})

it('says where a BFF listens instead', async () => {
  const other = await freePort()
  const text = await messageOf({
    command: server("'x'").replace('process.env.PORT', String(other)),
    env,
    ready: { within: '30s' },
  })
  expect(text).toContain(`i1 listens on port ${other}, not on`)
  expect(text).toContain('The variable with {{port}} in start.env')
}, 60_000)

it('says that no variable holds the port, that a folder is not there, that a build failed', async () => {
  expect(await messageOf({ command: 'true', env: {} })).toContain("PORT: '{{port}}'")
  expect(await messageOf({ command: 'true', env, cwd: './nowhere' })).toContain('Correct start.cwd')
  const built = await messageOf({ command: 'true', env, build: 'echo x.ts is broken; exit 2' })
  expect(built).toMatch(/start\.build ended with code 2\.[^]*x\.ts is broken/)
})

it('says that nothing answers at the URL of a BFF that is to run already', async () => {
  const url = `http://127.0.0.1:${await freePort()}`
  const text = await messageOf({ urls: [url], ready: { within: 100 } })
  expect(text).toMatch(/came back +GET .*reset \(ECONNREFUSED\)|came back +GET .*ECONNREFUSED/)
  expect(text).toContain('correct start.urls')
})

it('ends the wait when the run is interrupted', async () => {
  const interrupt = new AbortController()
  const begun = startTarget({
    target: parseTarget({ ...minimalTarget, start: { command: 'sleep 60', env } }),
    folder: tmpdir(),
    values: [{}],
    signal: interrupt.signal,
  })
  interrupt.abort()
  await expect(begun).rejects.toThrow('interrupted')
})

it('refuses a module without start()', async () => {
  await expect(
    start({ module: import.meta.filename.replace('start-target.test', 'free-port'), env: {} }),
  ).rejects.toThrow('exports no start(env) function')
  await expect(start({ module: './nowhere.ts', env: {} })).rejects.toThrow('Correct start.module')
})
