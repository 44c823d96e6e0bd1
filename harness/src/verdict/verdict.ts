import { z } from 'zod'

/** Every end a check can have. Only PASS counts as passed. */
export const verdictSchema = z.enum([
  'PASS',
  'FAIL',
  'WARN',
  'WAIVED',
  'OBSERVED',
  'SKIP',
  'BLOCKED',
  'SETUP',
  'VACUOUS',
  'FLAKY',
  'HARNESS',
])
export type Verdict = z.output<typeof verdictSchema>

export const levelSchema = z.enum(['MUST', 'SHOULD', 'INFO'])
export type Level = z.output<typeof levelSchema>

export const profileSchema = z.enum([
  'core',
  'vault',
  'conduit',
  'preview',
  'browser',
  'cluster',
  'hardening',
])
export type Profile = z.output<typeof profileSchema>

export const MEANINGS: Record<Verdict, string> = {
  PASS: 'the stimulus is proven and every observation is as required',
  FAIL: 'a MUST is broken',
  WARN: 'a SHOULD is broken',
  WAIVED: 'it is broken, and a waiver says that this is borne for now',
  OBSERVED: 'a value was recorded, nothing is required',
  SKIP: 'the target or this machine lacks what the check needs',
  BLOCKED: 'a check that this one builds on did not pass',
  SETUP: 'the start state could not be reached',
  VACUOUS: 'the journal does not show the stimulus, so nothing is proven',
  FLAKY: 'repeats disagree',
  HARNESS: 'the harness itself broke',
}

/** One comparison that did not come out as required. */
export const findingSchema = z.object({
  observation: z.string(),
  expected: z.string(),
  got: z.string(),
})
export type Finding = z.output<typeof findingSchema>

/** What one run of one check came to. */
export const checkResultSchema = z.object({
  id: z.string(),
  title: z.string(),
  level: levelSchema,
  profiles: z.array(profileSchema),
  verdict: verdictSchema,
  /** Why, for every verdict but PASS. */
  reason: z.string().optional(),
  finding: findingSchema.optional(),
  /** Broken only after the behaviour itself was right: session unusable, late renewals, open sockets. */
  aftermath: z.object({
    verdict: z.enum(['PASS', 'FAIL', 'NONE']),
    finding: findingSchema.optional(),
  }),
  /** For WAIVED: why, and until which day. */
  waiver: z.object({ reason: z.string(), expires: z.string() }).optional(),
  requirement: z.array(z.string()),
  source: z.array(z.string()),
  usualCauses: z.array(z.string()),
  /** What proved that the stimulus happened. */
  witnesses: z.array(z.string()),
  expectations: z.number().int(),
  /** What was compared, right or wrong, in order; of many the first. */
  observations: z.array(findingSchema),
  notes: z.array(z.string()),
  durationMs: z.number(),
  reproduce: z.string(),
  curl: z.string().optional(),
})
export type CheckResult = z.output<typeof checkResultSchema>

/** Whether no check applied, so that the run says nothing of the target. */
export const provesNothing = (results: readonly Pick<CheckResult, 'verdict'>[]): boolean =>
  results.length > 0 && results.every(({ verdict }) => verdict === 'SKIP')

/** 0 ok, 1 FAIL, 2 SETUP or a waiver that is not needed, 3 HARNESS, 4 FLAKY, VACUOUS, BLOCKED or nothing but SKIP: the worst that happened. */
export function exitCodeOf(
  results: readonly Pick<CheckResult, 'verdict'>[],
  unmetWaivers: readonly string[] = [],
  { allowSkip = false }: { allowSkip?: boolean } = {},
): 0 | 1 | 2 | 3 | 4 {
  const has = (...verdicts: Verdict[]) => results.some(({ verdict }) => verdicts.includes(verdict))
  if (has('FAIL')) return 1
  if (has('HARNESS')) return 3
  if (has('SETUP') || unmetWaivers.length > 0) return 2
  const isUnproven = provesNothing(results) && !allowSkip
  return isUnproven || has('FLAKY', 'VACUOUS', 'BLOCKED') ? 4 : 0
}
