import type { Verdict } from '../../verdict/verdict.ts'

/** A verdict's colour and sign: never told by the colour alone. */
export const LOOKS: Record<Verdict, { tone: '' | 'good' | 'bad' | 'doubt'; sign: string }> = {
  PASS: { tone: 'good', sign: '✓' },
  FAIL: { tone: 'bad', sign: '✗' },
  WARN: { tone: 'doubt', sign: '!' },
  WAIVED: { tone: 'doubt', sign: '~' },
  OBSERVED: { tone: '', sign: 'i' },
  SKIP: { tone: '', sign: '–' },
  BLOCKED: { tone: '', sign: '×' },
  SETUP: { tone: 'doubt', sign: '?' },
  VACUOUS: { tone: 'doubt', sign: '∅' },
  FLAKY: { tone: 'doubt', sign: '≈' },
  HARNESS: { tone: 'bad', sign: '#' },
}
