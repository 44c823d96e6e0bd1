import type { Finding, Level } from './verdict.ts'

/** The start state could not be reached: what was sent, what came back, what to change. */
export class SetupProblem extends Error {
  override readonly name: string = 'SetupProblem'
}

/** The run was ended from outside while it was still starting. */
export class Interrupted extends SetupProblem {
  constructor() {
    super('the run was interrupted before the target was ready.')
  }
}

/** The stimulus did not happen. */
export class Vacuous extends Error {
  override readonly name = 'Vacuous'
}

/** A required observation did not come out. */
export class Broken extends Error {
  override readonly name = 'Broken'
  readonly finding: Finding
  readonly phase: 'behaviour' | 'aftermath'
  /** Of this one observation, when it is not that of its check. */
  readonly level: Level | undefined
  constructor(finding: Finding, phase: 'behaviour' | 'aftermath', level?: Level) {
    super(`${finding.observation}: expected ${finding.expected}, got ${finding.got}`)
    this.finding = finding
    this.phase = phase
    this.level = level
  }
}

/** The check does not apply to this target. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable'
}
