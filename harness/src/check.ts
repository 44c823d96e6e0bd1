import type { CheckContext } from './context.ts'
import type { RouteName } from './target/schema.ts'
import type { Level, Profile } from './verdict/verdict.ts'

/** What a check needs of target and machine; without it the check is SKIP. */
export interface Needs {
  routes?: readonly RouteName[]
  instances?: number
  /** A real Redis. */
  redis?: boolean
  /** A real browser. */
  browser?: boolean
  /** Declared pages. */
  pages?: boolean
}

/** One check of the catalogue. Its file is `checks/<group>/<id>-<slug>.ts`. */
export interface Check {
  /** `GROUP-NN`, never reused. */
  id: string
  title: string
  level: Level
  profiles: readonly Profile[]
  needs: Needs
  /** Checks without which this one says nothing; it is BLOCKED when one of them ran and did not pass. */
  dependsOn: readonly string[]
  /** What the standards and the threads say: `BBA#pattern-bff`, `ASVS5-10.1.1`, `T-43`. */
  requirement: readonly string[]
  /** Where the backend's behaviour is written down. */
  source: readonly string[]
  /** Faults of the reference BFF that this check must fail. */
  mutants: readonly string[]
  /** What most often lies behind a failure. */
  usualCauses: readonly string[]
  /** `run`: judges the whole run, so it comes last. */
  scope?: 'check' | 'run'
  run: (ctx: CheckContext) => Promise<void>
}

/** Gives a check its type. */
export const defineCheck = (check: Check): Check => check
