import { describe, expect, it } from 'vitest'
import { judge } from './judge-check.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { exitCodeOf, type Level } from './verdict.ts'

function verdictOf(run: (ledger: Ledger) => void, level: Level = 'MUST', strict = false): string {
  const { ledger, state } = createLedger()
  let thrown: unknown
  try {
    run(ledger)
  } catch (error) {
    thrown = error
  }
  const { verdict, aftermath } = judge(thrown, state, { level, strict })
  return `${verdict}/${aftermath.verdict}`
}

const seen = (ledger: Ledger) => {
  ledger.witness('a renewal', true)
}

describe('judge', () => {
  it('passes only with a witness and an expectation', () => {
    expect(
      verdictOf((l) => {
        seen(l)
        l.expect('renewals', 1, 1)
      }),
    ).toEqual('PASS/NONE')
    expect(verdictOf(seen)).toEqual('HARNESS/NONE')
    expect(
      verdictOf((l) => {
        l.expect('renewals', 1, 1)
      }),
    ).toEqual('HARNESS/NONE')
  })

  it('fails a MUST, warns for a SHOULD, fails it when strict, only records an INFO', () => {
    const broken = (l: Ledger) => {
      seen(l)
      l.expect('renewals', 1, 2)
    }
    expect(verdictOf(broken)).toEqual('FAIL/NONE')
    expect(verdictOf(broken, 'SHOULD')).toEqual('WARN/NONE')
    expect(verdictOf(broken, 'SHOULD', true)).toEqual('FAIL/NONE')
    expect(verdictOf(broken, 'INFO')).toEqual('OBSERVED/NONE')
  })

  it('fails a SHOULD for a single observation that is a MUST', () => {
    const single = (renewals: number) => (l: Ledger) => {
      seen(l)
      l.must.expect('renewals', 1, renewals)
    }
    expect([verdictOf(single(2), 'SHOULD'), verdictOf(single(1), 'SHOULD')]).toEqual([
      'FAIL/NONE',
      'PASS/NONE',
    ])
  })

  it('keeps the aftermath apart', () => {
    const late = (renewals: number) => (l: Ledger) => {
      seen(l)
      l.expect('status', 200, 200)
      l.aftermath.expect('late renewals', 0, renewals)
    }
    expect([verdictOf(late(0)), verdictOf(late(3))]).toEqual(['PASS/PASS', 'FAIL/FAIL'])
  })

  it('tells apart: no stimulus, no start state, not applicable, our own fault', () => {
    expect(
      verdictOf((l) => {
        l.witness('a renewal', false)
      }),
    ).toEqual('VACUOUS/NONE')
    expect(
      verdictOf((l) => {
        l.setup(false, 'login answered 500')
      }),
    ).toEqual('SETUP/NONE')
    expect(verdictOf((l) => l.skip('one instance'))).toEqual('SKIP/NONE')
    expect(
      verdictOf(() => {
        throw new TypeError('x')
      }),
    ).toEqual('HARNESS/NONE')
  })
})

it('takes the exit code from the worst verdict', () => {
  const code = (...verdicts: Parameters<typeof exitCodeOf>[0][number]['verdict'][]) =>
    exitCodeOf(verdicts.map((verdict) => ({ verdict })))
  expect([
    code('PASS', 'SKIP', 'WARN'),
    code('FAIL', 'SETUP', 'HARNESS'),
    code('SETUP', 'VACUOUS'),
    code('HARNESS', 'SETUP'),
    code('VACUOUS'),
    code('SKIP', 'SKIP'),
    code('SKIP', 'OBSERVED'),
    code(),
  ]).toEqual([0, 1, 2, 3, 4, 4, 0, 0])
  expect(exitCodeOf([{ verdict: 'SKIP' }], [], { allowSkip: true })).toEqual(0)
})
