import { expect, it } from 'vitest'
import { runTarget } from './run-target.ts'
import { plainTarget } from './target-controls.ts'

const SESSION: (typeof plainTarget)['session'] = {
  csrf: { cookie: 'xsrf', header: 'x-csrf', prime: '/' },
}

/** The reference BFF needs no such cookie, so this defect is one of the plain BFF's. */
it('SESSION-12 tells a double-submit cookie that may be missing from one that may not', async () => {
  const seen: string[] = []
  for (const CSRF of ['cookie', 'equal']) {
    const results = await runTarget(
      { ...plainTarget, session: SESSION },
      { folder: import.meta.dirname, ids: ['SESSION-12'], env: { CSRF }, strict: true },
    )
    const result = results.get('SESSION-12')
    seen.push(`${CSRF}: ${result?.verdict ?? 'none'} ${result?.finding?.observation ?? ''}`)
  }
  expect(seen).toEqual([
    'cookie: PASS ',
    'equal: FAIL changes upstream by a create of the own origin without the cookie xsrf, without the header',
  ])
}, 120_000)
