import { writeFile, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'
import { runningTarget } from '../test/target-controls.ts'
import { minimalTarget } from '../test/target-samples.ts'
import { main } from './cli.ts'
import { reportSchema } from './report/json-report.ts'

async function cli(...argv: string[]): Promise<{ code: number; output: string }> {
  let written = ''
  const write = (text: string) => {
    written += text
  }
  const code = await main(argv, { write, isTerminal: false })
  return { code, output: stripVTControlCharacters(written).trimEnd() }
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

it('answers 2 to a profile, level, number or day that is none, and says what to write', async () => {
  const run = (...flags: string[]) => cli('run', '--target', 'x.yaml', ...flags)
  for (const [flags, says] of [
    [['--profile', 'core,cores'], 'Write one or more of core, vault'],
    [['--level', 'may'], 'Write one or more of MUST, SHOULD, INFO'],
    [['--repeat', '0'], 'Write a whole number from 1'],
    [['--seed', 'x'], 'Write a whole number from 0'],
    [['--env', 'MUTANT'], 'Write NAME=value'],
    [['--today', 'monday'], 'Write a day as YYYY-MM-DD'],
  ] as const) {
    const { code, output } = await run(...flags)
    expect([code, output]).toEqual([2, expect.stringContaining(says) as string])
  }
})

it('says with --dry-run what would run, what would be SKIP and why, and starts nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bffc-'))
  const file = join(folder, 'bffc.yaml')
  await writeFile(file, JSON.stringify({ ...minimalTarget, start: { command: 'exit 1' } }))
  const waiver = { id: 'VAULT-01', reason: 'known', expires: '2027-01-31' }
  await writeFile(join(folder, 'waivers.yaml'), JSON.stringify([waiver]))
  const dry = ['run', '--dry-run', '--target', file, '--today', '2027-01-01']
  const plan = await cli(...dry, 'VAULT-01,vault-05', '--waivers', join(folder, 'waivers.yaml'))
  expect(plan.output.split('\n')).toEqual([
    'sample: exit 1 (1 instance)',
    '',
    'run   VAULT-01    MUST   The login answer holds no token (waived until 2027-01-31)',
    'SKIP  VAULT-05    MUST   A session works on every instance (needs 2 instances, start.instances is 1)',
    '',
    '1 would run, 1 would be SKIP. Nothing was started; a check may still find that it does not apply.',
  ])
  expect(plan.code).toEqual(0)
  const chosen = await cli(...dry, '--level', 'must,should', '--profile', 'cluster,vault')
  expect(chosen.output).toContain('RESIL-05')
  expect(chosen.output).not.toContain('LEAK-01')
  expect(
    (await cli(...dry, '--today', '2028-01-01', '--waivers', join(folder, 'waivers.yaml'))).code,
  ).toEqual(2)
})

it('answers 4 when no check of the run applies, says why, and bears it when told to', async () => {
  const file = join(import.meta.dirname, '../test/plain-bff.target.yaml')
  const run = ['run', 'VAULT-05,RULES-08', '--target', file, '--quiet', '--seed', '1']
  const { code, output } = await cli(...run)
  expect(code).toEqual(4)
  expect(output.split('\n').slice(0, -1)).toEqual([
    '',
    'NOTHING was proven: no check of this run applies to the target as it is declared.',
    '  VAULT-05: needs 2 instances, start.instances is 1',
    '  RULES-08: routes.create.scope is not declared',
    '  Declare what they need, choose others, or bear it with --allow-skip (exit code 4).',
    '',
  ])
  const borne = await cli(...run, '--allow-skip')
  expect([borne.code, borne.output.includes('NOTHING was proven')]).toEqual([0, true])
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
  expect([
    code,
    output.includes(`SETUP ${join(folder, 'bffc.yaml')}: login was not accepted.`),
  ]).toEqual([2, true])
  expect(output).toContain('repeat      harness run VAULT-01')
  const report = reportSchema.parse(JSON.parse(await readFile(join(folder, 'r.json'), 'utf8')))
  expect(report.results.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(['VAULT-01 SETUP'])
  expect((await readFile(join(folder, 'r.xml'), 'utf8')).includes('errors="1"')).toEqual(true)
})

it('refuses reports that cannot be written before it starts anything', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bffc-'))
  const file = join(folder, 'bffc.yaml')
  await writeFile(file, JSON.stringify(minimalTarget))
  const { code, output } = await cli('run', '--target', file, '--html', join(file, 'report'))
  expect([code, output]).toEqual([2, expect.stringContaining('cannot be written') as string])
})
