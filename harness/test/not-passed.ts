import type { CheckResult } from '../src/index.ts'
import { CHROMIUM_MISSING } from '../src/instruments/chromium/find-chromium.ts'

/** `ID VERDICT: reason` of every result but PASS, and OBSERVED of checks that only record; checks that were skipped only because this machine has no browser are left out. */
export const notPassed = (results: Iterable<CheckResult>): string[] =>
  [...results]
    .filter(
      ({ verdict, reason }) =>
        verdict !== 'PASS' && verdict !== 'OBSERVED' && reason !== CHROMIUM_MISSING,
    )
    .map(({ id, verdict, reason }) => `${id} ${verdict}: ${reason ?? ''}`)
