import { writeFile, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'
import { runningTarget } from '../test/target-controls.ts'
import { main } from './cli.ts'
import { reportSchema } from './report/json-report.ts'

async function cli(...argv: string[]): Promise<{ code: number; output: string }> {
  const lines: string[] = []
  const code = await main(argv, (text) => lines.push(text))
  return { code, output: stripVTControlCharacters(lines.join('\n')) }
}

it('lists and explains checks', async () => {
  const list = await cli('list')
  expect([list.code, list.output.split('\n')[0]?.startsWith('VAULT-01')]).toEqual([0, true])
  const explained = await cli('explain', 'REFRESH-04')
  expect(explained.output.includes('MUTANT=no-single-flight')).toEqual(true)
})

it('answers 2 to wrong usage: no target, a missing file, an unknown check', async () => {
  expect((await cli('run')).code).toEqual(2)
  expect((await cli('run', '--target', '/nowhere/bffc.yaml')).code).toEqual(2)
  expect((await cli('explain', 'NOPE-01')).code).toEqual(2)
})

it('writes the JSON and the JUnit report and answers 2 when the start state cannot be reached', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bffc-'))
  const target = await runningTarget((_, response) => response.writeHead(500).end())
  await writeFile(join(folder, 'bffc.yaml'), JSON.stringify(target))
  const { code, output } = await cli(
    'run',
    'VAULT-01',
    '--target',
    join(folder, 'bffc.yaml'),
    '--json',
    join(folder, 'r.json'),
    '--junit',
    join(folder, 'r.xml'),
  )
  expect([code, output.includes('SETUP    VAULT-01')]).toEqual([2, true])
  const report = reportSchema.parse(JSON.parse(await readFile(join(folder, 'r.json'), 'utf8')))
  expect(report.results.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(['VAULT-01 SETUP'])
  expect((await readFile(join(folder, 'r.xml'), 'utf8')).includes('errors="1"')).toEqual(true)
})
