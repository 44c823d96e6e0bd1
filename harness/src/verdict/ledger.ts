import { isDeepStrictEqual } from 'node:util'
import type { Finding, Level } from './verdict.ts'
import { Broken, NotApplicable, SetupProblem, Vacuous } from './outcome-errors.ts'

/** How a check states what it saw; the runner reads off the verdict. */
export interface Ledger {
  /** Proof that the stimulus happened; without it the check is VACUOUS. */
  witness(what: string, happened: boolean): void
  /** A required observation with one right value. */
  expect(observation: string, expected: unknown, got: unknown): void
  /** A required observation with a rule; `expected` and `got` are for the report. */
  require(observation: string, holds: boolean, shown: { expected: string; got: string }): void
  /** The same rules for an observation that is a MUST whatever the level of its check. */
  readonly must: Pick<Ledger, 'expect' | 'require'>
  /** The same rules for what comes afterwards: session still works, no late renewal, sockets closed. */
  readonly aftermath: Pick<Ledger, 'expect' | 'require'>
  /** Ends the check as SETUP unless the start state was reached. */
  setup(reached: boolean, problem: string): void
  /** Ends the check as SKIP. */
  skip(reason: string): never
  /** Something worth a line in the report. */
  note(text: string): void
}

/** What a ledger holds at the end. */
export interface LedgerState {
  witnesses: string[]
  expectations: number
  aftermath: number
  /** What was compared, right or wrong; of many the first. */
  observations: Finding[]
  notes: string[]
}

const KEPT_OBSERVATIONS = 40

/** A ledger, and the state the runner reads. */
export function createLedger(): { ledger: Ledger; state: LedgerState } {
  const state: LedgerState = {
    witnesses: [],
    expectations: 0,
    aftermath: 0,
    observations: [],
    notes: [],
  }
  const judge =
    (phase: 'behaviour' | 'aftermath', level?: Level) =>
    (observation: string, holds: boolean, { expected, got }: { expected: string; got: string }) => {
      if (phase === 'behaviour') state.expectations += 1
      else state.aftermath += 1
      if (state.observations.length < KEPT_OBSERVATIONS)
        state.observations.push({ observation, expected, got })
      if (!holds) throw new Broken({ observation, expected, got }, phase, level)
    }
  const equal =
    (phase: 'behaviour' | 'aftermath', level?: Level) =>
    (observation: string, expected: unknown, got: unknown) => {
      judge(phase, level)(observation, isDeepStrictEqual(expected, got), {
        expected: shown(expected),
        got: shown(got),
      })
    }
  const ledger: Ledger = {
    witness(what, happened) {
      if (!happened) throw new Vacuous(`not in the journal: ${what}`)
      state.witnesses.push(what)
    },
    expect: equal('behaviour'),
    require: judge('behaviour'),
    must: { expect: equal('behaviour', 'MUST'), require: judge('behaviour', 'MUST') },
    aftermath: { expect: equal('aftermath'), require: judge('aftermath') },
    setup(reached, problem) {
      if (!reached) throw new SetupProblem(problem)
    },
    skip(reason) {
      throw new NotApplicable(reason)
    },
    note: (text) => state.notes.push(text),
  }
  return { ledger, state }
}

/** A value as the report shows it. */
export function shown(value: unknown): string {
  const text =
    typeof value === 'string' ? value : value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 600 ? `${text.slice(0, 600)} …` : text
}
