import { z } from 'zod'
import { sequenceOf } from '../evidence/sequence.ts'
import type { RunResult } from '../run.ts'
import { checkResultSchema } from '../verdict/verdict.ts'

const partySchema = z.enum(['browser', 'bff', 'conduit', 'storage'])

/** A result, and who called whom meanwhile. */
const reportedResultSchema = checkResultSchema.extend({
  /** In order of time; of a long story the first. */
  sequence: z
    .array(
      z.object({
        /** Milliseconds since the first call of the check. */
        at: z.number(),
        from: partySchema,
        to: partySchema,
        kind: z.enum(['request', 'answer']),
        /** `POST /api/login`, `401`, with the names of the tokens that went along. */
        text: z.string(),
        failed: z.boolean(),
      }),
    )
    .optional(),
})

const KEPT_ARROWS = 200

/** The JSON report; its JSON Schema is published as `report.schema.json`. Times in milliseconds. */
export const reportSchema = z.object({
  format: z.literal('bff-harness/report'),
  version: z.literal(1),
  target: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  seed: z.number(),
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  /** Why nothing could be run. */
  problem: z.string().optional(),
  discovery: z
    .object({
      routes: z.array(
        z.object({
          route: z.string(),
          answer: z.string(),
          upstream: z.array(z.string()),
          problem: z.string().optional(),
        }),
      ),
      cookies: z.array(z.string()),
      items: z.number().optional(),
      expiry: z.array(z.enum(['decree', 'clock'])),
    })
    .optional(),
  results: z.array(reportedResultSchema),
  /** Waivers that are not needed any more: their checks passed. */
  unmetWaivers: z.array(z.string()),
})

export type Report = z.output<typeof reportSchema>

/** The report as JSON text. Secrets are redacted already. */
export function jsonReport(run: RunResult): string {
  const results = run.results.map((result) => {
    const evidence = run.evidence.get(result.id)
    return evidence
      ? { ...result, sequence: sequenceOf(evidence).arrows.slice(0, KEPT_ARROWS) }
      : result
  })
  const report = { format: 'bff-harness/report', version: 1, ...run, results }
  return `${JSON.stringify(reportSchema.parse(JSON.parse(JSON.stringify(report))), null, 2)}\n`
}

/** The JSON Schema of the report. */
export const reportJsonSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(reportSchema), null, 2)}\n`
