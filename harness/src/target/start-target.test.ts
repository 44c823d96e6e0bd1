import { tmpdir } from 'node:os'
import { expect, it, onTestFinished } from 'vitest'
import { minimalTarget } from '../../test/target-samples.ts'
import { openExchange, textOf } from '../instruments/http-exchange.ts'
import { SetupProblem } from '../verdict/outcome-errors.ts'
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

it('says what a command printed that ended before it was ready', async () => {
  await expect(start({ command: "echo 'no such database'; exit 3", env: {} })).rejects.toThrow(
    new SetupProblem(
      'start.command of i1 ended (code 3) before it was ready. It printed:\nno such database',
    ),
  )
})

it('refuses a module without start()', async () => {
  await expect(
    start({ module: import.meta.filename.replace('start-target.test', 'free-port'), env: {} }),
  ).rejects.toThrow('exports no start(env) function')
})
