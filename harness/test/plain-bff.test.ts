import { expect, it } from 'vitest'
import { jsonReport, junitReport, runHarness } from '../src/index.ts'
import { plainTarget } from './target-controls.ts'

it('passes every check that applies to it, and reports no secret', async () => {
  const run = await runHarness({ target: plainTarget, folder: import.meta.dirname })
  const others = run.results
    .filter((result) => result.verdict !== 'PASS')
    .map(({ id, verdict, reason }) => `${id} ${verdict} ${reason ?? ''}`)
  // a check that only records is OBSERVED; with a finding it would say so
  expect(others.filter((each) => !/^\S+ (?:SKIP |OBSERVED $)/.test(each))).toEqual([])
  expect(run.exitCode).toEqual(0)
  const reports = jsonReport(run) + junitReport(run)
  expect(/eyJ[\w-]{20}/.exec(reports)).toEqual(null)
}, 900_000)
