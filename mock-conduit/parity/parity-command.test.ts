import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parityCommand } from './parity-command.ts'
import { recordedJson, recordingOf, scriptedServers, sendJson } from './test-scripted-server.ts'

const serve = scriptedServers()
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parity-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

async function run(...argv: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await parityCommand(argv, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  })
  return { code, out, err }
}

const step = {
  name: 'get',
  request: { method: 'GET', path: '/a' },
  response: recordedJson({ a: 1 }),
}

function write(name: string, recording: object): void {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(recording))
}

const target = () =>
  serve((_request, response) => {
    sendJson(response, { a: 1 })
  })

test('what is equal gives 0 and the counts', async () => {
  write('same', { ...recordingOf([step]), id: 'same' })
  expect(await run('--recordings', folder, '--target', await target())).toEqual({
    code: 0,
    out: ['steps: 1 equal, 0 different, 0 not applicable'],
    err: [],
  })
})

test('what differs gives 1 and a line; what does not apply is named; the JSON file holds all', async () => {
  write('changed', {
    ...recordingOf([{ ...step, response: recordedJson({ a: 2 }) }]),
    id: 'changed',
  })
  write('hooked', { ...recordingOf([{ hook: 'admin' }, step]), id: 'hooked' })
  const file = join(folder, 'steps.out')
  const url = await target()
  expect(await run('--recordings', folder, '--target', url, '--json', file)).toEqual({
    code: 1,
    out: [
      'changed › get (GET /a): $.a: expected 2, got 1',
      'steps: 0 equal, 1 different, 1 not applicable',
    ],
    err: ['not applicable, 1 of hooked: hook "admin" needs a control API'],
  })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([
    {
      scenario: 'changed',
      step: 'get',
      request: 'GET /a',
      outcome: 'different',
      details: ['$.a: expected 2, got 1'],
    },
    {
      scenario: 'hooked',
      step: 'get',
      request: 'GET /a',
      outcome: 'not applicable',
      details: ['hook "admin" needs a control API'],
    },
  ])
})

test('a target on which nothing can be replayed is an error, not a success', async () => {
  write('configured', { ...recordingOf([step]), config: { router: {} } })
  expect(await run('--recordings', folder, '--target', 'http://127.0.0.1:1')).toEqual({
    code: 2,
    out: [],
    err: [
      'None of these scenarios can be replayed on http://127.0.0.1:1: needs a config of its own. Choose others with --only.',
    ],
  })
})

test('bad input gives 2 and says what to do', async () => {
  const missing = join(folder, 'missing')
  expect(await run('--recordings', missing)).toEqual({
    code: 2,
    out: [],
    err: [`No folder ${missing}: give one that holds recordings with --recordings DIR.`],
  })
  expect(await run('--recordings', folder)).toEqual({
    code: 2,
    out: [],
    err: [`${folder} holds no recording.`],
  })
  write('stepless', { id: 'stepless' })
  expect((await run('--recordings', folder)).err).toEqual([
    `${join(folder, 'stepless.json')} is no recording: it has no steps.`,
  ])
  expect((await run('--recordings', folder, '--only', 'x-*')).err).toEqual([
    `No recording in ${folder} matches --only x-*.`,
  ])
  expect(await run('--target', 'localhost')).toEqual({
    code: 2,
    out: [],
    err: [
      "error: option '--target <url>' argument 'localhost' is invalid. Give a URL like http://localhost:3000.",
    ],
  })
  expect((await run('--nope')).err).toEqual(["error: unknown option '--nope'"])
})

test('a file that is no JSON is named', async () => {
  writeFileSync(join(folder, 'broken.json'), '{')
  const { code, err } = await run('--recordings', folder)
  expect([code, err[0]?.startsWith(`${join(folder, 'broken.json')} is no JSON: `)]).toEqual([
    2,
    true,
  ])
})

test('--help is no error', async () => {
  expect((await run('--help')).code).toBe(0)
})
