import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * `npm test`: every test, then what was skipped and the command that would install what it needs, then the counts.
 * A test that needs something a machine may lack names it in its title: `[needs redis-server: apt-get install -y redis-server]`.
 */
const root = join(import.meta.dirname, '..')
const results = join(root, '.cache', 'test-results.json')

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numFailedTestSuites: z.number(),
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) }),
  ),
})

function runVitest(): Promise<number> {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const args = [
    vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  ]
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
  })
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve(code ?? 1)
    })
  })
}

function needsOf(titles: readonly string[]): Map<string, number> {
  const needs = new Map<string, number>()
  for (const title of titles) {
    const need = /\[needs ([^\]]+)\]/.exec(title)?.[1] ?? `no reason given: ${title}`
    needs.set(need, (needs.get(need) ?? 0) + 1)
  }
  return needs
}

const code = await runVitest()
const counts = report.parse(JSON.parse(readFileSync(results, 'utf8')))
const skipped = counts.testResults.flatMap(({ assertionResults }) =>
  assertionResults
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => fullName),
)
const needs = needsOf(skipped)
for (const [need, count] of needs) console.log(`skipped ${count}: needs ${need}`)
const forbidden = process.env['CI'] !== undefined && needs.size > 0
if (forbidden) console.log('CI skips nothing: install what is named above.')
const failed =
  counts.numFailedTests +
  (code !== 0 && counts.numFailedTests === 0 ? Math.max(1, counts.numFailedTestSuites) : 0) +
  (forbidden ? skipped.length : 0)
console.log(
  skipped.length > 0 && !forbidden
    ? `${counts.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`
    : `${counts.numPassedTests} passed, ${failed} failed`,
)
process.exit(failed > 0 ? 1 : 0)
