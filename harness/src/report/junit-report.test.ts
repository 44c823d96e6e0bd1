import { expect, it } from 'vitest'
import { vault01 } from '../checks/vault/vault-01-login-answer.ts'
import { notRun } from '../run-check.ts'
import type { RunResult } from '../run.ts'
import { junitReport } from './junit-report.ts'

it('tells why a check was not run', () => {
  const reason = 'routes.preview is not declared'
  const run: RunResult = {
    target: 'shop',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    seed: 1,
    discovery: undefined,
    problem: undefined,
    results: [notRun(vault01, 'SKIP', { reason, reproduce: 'harness run' })],
    unmetWaivers: [],
    evidence: new Map(),
    exitCode: 0,
  }
  const report = junitReport(run)
  expect(report).toContain('<skipped/>')
  expect(report).toContain(`SKIP: ${reason}`)
})
