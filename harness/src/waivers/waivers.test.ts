import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { plainTarget } from '../../test/target-controls.ts'
import { defineCheck } from '../check.ts'
import { runHarness, type RunOptions } from '../run.ts'

const plain = {
  title: 'a check',
  level: 'MUST',
  profiles: ['core'],
  needs: {},
  dependsOn: [],
  requirement: [],
  source: [],
  mutants: [],
  usualCauses: [],
} as const

const check = (id: string, got: string, dependsOn: string[] = []) =>
  defineCheck({
    ...plain,
    id,
    dependsOn,
    run(ctx) {
      ctx.witness('something', true)
      ctx.expect('answer', 'right', got)
      return Promise.resolve()
    },
  })

const checks = [
  check('TEST-01', 'wrong'),
  check('TEST-02', 'right'),
  check('TEST-03', 'right', ['TEST-01']),
]
const waiver = { id: 'TEST-01', reason: 'mended with #12', expires: '2027-01-31' }

const run = (options: Partial<RunOptions>) =>
  runHarness({
    target: plainTarget,
    folder: join(import.meta.dirname, '../../test'),
    checks,
    today: '2027-01-31',
    ...options,
  })

async function fileOf(content: unknown): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'waivers-')), 'waivers.yaml')
  await writeFile(file, JSON.stringify(content))
  return file
}

describe('a waiver', () => {
  it('bears a failure on its last day, and what builds on it is left out', async () => {
    const result = await run({ waivers: await fileOf([waiver]) })
    expect(result.results.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'TEST-01 WAIVED',
      'TEST-02 PASS',
      'TEST-03 SKIP',
    ])
    expect(result.results[0]?.waiver).toEqual({ reason: waiver.reason, expires: waiver.expires })
    expect([result.exitCode, result.unmetWaivers]).toEqual([0, []])
  })

  it('of the target file counts too; one whose check passed is an error', async () => {
    const result = await run({
      target: { ...plainTarget, waivers: [{ ...waiver, id: 'TEST-02' }, waiver] },
    })
    expect(result.exitCode).toEqual(2)
    expect(result.unmetWaivers).toEqual([
      'the waiver for TEST-02 (until 2027-01-31) is not needed: the check passed. Remove it.',
    ])
  })

  it('that names another finding leaves the failure as it is', async () => {
    const other = { ...waiver, finding: 'status 500' }
    const result = await run({ waivers: await fileOf({ waivers: [other] }), ids: ['TEST-01'] })
    expect([result.exitCode, result.results[0]?.notes]).toEqual([
      1,
      ['its waiver covers another failure: status 500'],
    ])
    const same = { ...waiver, finding: 'wrong' }
    const borne = await run({ waivers: await fileOf([same]), ids: ['TEST-01'] })
    expect([borne.exitCode, borne.results[0]?.verdict]).toEqual([0, 'WAIVED'])
  })

  it('that is expired, unknown or unreadable stops the run before anything starts', async () => {
    await expect(run({ waivers: await fileOf([waiver]), today: '2027-02-01' })).rejects.toThrow(
      'TEST-01: expired on 2027-01-31, today is 2027-02-01.',
    )
    await expect(run({ waivers: await fileOf([{ ...waiver, id: 'TEST-99' }]) })).rejects.toThrow(
      'TEST-99: no check is called so.',
    )
    await expect(
      run({ waivers: await fileOf([{ id: 'TEST-01', expires: '2027-02-30' }]) }),
    ).rejects.toThrow(/0\.reason: .*\n.*0\.expires: write a day as YYYY-MM-DD/)
    await expect(run({ waivers: '/nowhere/waivers.yaml' })).rejects.toThrow('there is no such file')
  })
})
