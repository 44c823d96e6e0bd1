export { defineCheck, type Check, type Needs } from './check.ts'
export { catalogue } from './checks/index.ts'
export type { CheckContext } from './context.ts'
export type { Discovery, RouteFinding } from './discovery.ts'
export { jsonReport, reportJsonSchema, type Report } from './report/json-report.ts'
export { junitReport } from './report/junit-report.ts'
export { runHarness, type RunOptions, type RunResult } from './run.ts'
export { SelectionError } from './select-checks.ts'
export { defineTarget, parseTarget, readTargetFile, TargetFileError } from './target/read-target.ts'
export type { Target, TargetInput } from './target/schema.ts'
export {
  exitCodeOf,
  type CheckResult,
  type Level,
  type Profile,
  type Verdict,
} from './verdict/verdict.ts'
