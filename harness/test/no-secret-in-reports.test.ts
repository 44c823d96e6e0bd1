import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { defineCheck, runHarness, type CheckContext, type RunResult } from '../src/index.ts'
import { catalogue } from '../src/checks/index.ts'
import { describeLeak, scan } from '../src/instruments/canary-scan.ts'
import { htmlFile, htmlFolder } from '../src/report/html/html-report.ts'
import { jsonReport } from '../src/report/json-report.ts'
import { junitReport } from '../src/report/junit-report.ts'
import { markdownReport } from '../src/report/markdown-report.ts'
import { summary } from '../src/report/terminal.ts'

/** Faults that hand out secrets, each in another disguise, and a check that meets them. */
const leaking: Record<string, string> = {
  'login-returns-backend-json': 'VAULT-01',
  'login-token-in-header': 'VAULT-01',
  'login-hides-token-in-user': 'VAULT-01',
  'cookie-deflated-session': 'VAULT-02',
  'cookie-token-in-chunks': 'VAULT-02',
  'token-in-cookie-name': 'VAULT-02',
  'token-in-compressed-body': 'LEAK-01',
  'token-in-trailer': 'LEAK-01',
  'relays-renamed-set-cookie': 'LEAK-02',
  'returns-file-document': 'LEAK-12',
  'presigned-in-encoded-header': 'PREVIEW-03',
}

async function reportsOf(run: RunResult): Promise<Record<string, string>> {
  return {
    json: jsonReport(run),
    junit: junitReport(run),
    markdown: markdownReport(run),
    terminal: stripVTControlCharacters(summary(run)),
    html: await htmlFile(run),
    ...Object.fromEntries(await htmlFolder(run)),
  }
}

describe('no report shows a secret of', () => {
  for (const [mutant, id] of Object.entries(leaking))
    it(mutant, { timeout: 120_000 }, async () => {
      let registry: CheckContext['registry'] | undefined
      const spy = defineCheck({
        ...(catalogue[0] ?? expect.fail('no checks')),
        id: 'SPY-01',
        dependsOn: [],
        scope: 'run',
        run(ctx) {
          registry = ctx.registry
          ctx.witness('the run', true)
          ctx.expect('secrets', true, true)
          return Promise.resolve()
        },
      })
      const run = await runHarness({
        target: join(import.meta.dirname, '../targets/reference.yaml'),
        checks: [...catalogue, spy],
        ids: [id, 'SPY'],
        env: { MUTANT: mutant },
        evidence: true,
        seed: 1,
      })
      expect(run.results.find((result) => result.id === id)?.verdict).toEqual('FAIL')
      const kinds = ['access', 'refresh', 'presigned', 'password', 'session-password'] as const
      for (const [name, text] of Object.entries(await reportsOf(run))) {
        if (!registry) return expect.fail('the spy did not run')
        const latin1 = Buffer.from(text, 'utf8').toString('latin1')
        const leaks = scan(registry, [{ where: name, text: latin1 }], kinds)
        expect(leaks.map(describeLeak)).toEqual([])
        expect(text.length).toBeGreaterThan(100)
      }
    })
})
