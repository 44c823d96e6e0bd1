import { z } from 'zod'
import type { RunResult } from '../run.ts'
import { checkResultSchema } from '../verdict/verdict.ts'

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
  results: z.array(checkResultSchema),
  /** Waivers that are not needed any more: their checks passed. */
  unmetWaivers: z.array(z.string()),
})

export type Report = z.output<typeof reportSchema>

/** The report as JSON text. Secrets are redacted already. */
export function jsonReport(run: RunResult): string {
  const report = { format: 'bff-harness/report', version: 1, ...run }
  return `${JSON.stringify(reportSchema.parse(JSON.parse(JSON.stringify(report))), null, 2)}\n`
}

/** The JSON Schema of the report. */
export const reportJsonSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(reportSchema), null, 2)}\n`
