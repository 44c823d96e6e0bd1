import { execFile } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
})

/** Runs `vitest-entry/conformance.spec.ts` as somebody else's project would. */
async function runSpec() {
  const output = join(await mkdtemp(join(tmpdir(), 'vitest-entry-')), 'report.json')
  const config = join(import.meta.dirname, 'vitest-entry/vitest.config.ts')
  const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')
  const args = ['run', '--config', config, '--reporter=json', `--outputFile=${output}`]
  const code = await new Promise<number>((resolve) => {
    execFile(process.execPath, [vitest, ...args], (error) => {
      resolve(typeof error?.code === 'number' ? error.code : 0)
    })
  })
  const report = reportSchema.parse(JSON.parse(await readFile(output, 'utf8')))
  return { code, tests: report.testResults.flatMap((file) => file.assertionResults) }
}

it('makes a describe of each group and a test of each check; SKIP is skipped, a FAIL throws its finding', async () => {
  const { code, tests } = await runSpec()
  const lines = tests.map(
    ({ ancestorTitles, title, status }) =>
      `${ancestorTitles.join(' > ')} > ${title.split(' ')[0] ?? ''} ${status}`,
  )
  expect(lines).toEqual([
    'plain-bff > VAULT > VAULT-01 passed',
    'plain-bff > VAULT > VAULT-05 skipped',
    'plain-bff > REFRESH > REFRESH-01 passed',
    'mutant > VAULT > VAULT-01 failed',
  ])
  const message = tests.at(-1)?.failureMessages.join('\n') ?? ''
  expect(message).toMatch(/observation +tokens in the login answer\n +expected/)
  expect(message).toContain('repeat       harness run VAULT-01 --target')
  expect(code).toEqual(1)
}, 120_000)
