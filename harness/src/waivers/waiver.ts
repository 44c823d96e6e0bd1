import { z } from 'zod'

const isDay = (text: string) => {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** A failure that is known and borne for a while. */
export const waiverSchema = z.strictObject({
  /** The check, `REFRESH-04`. */
  id: z.string().min(1),
  /** Why it is borne, and who mends it. */
  reason: z.string().min(1),
  /** The last day on which it holds (UTC), `2027-01-31`. */
  expires: z.string().refine(isDay, 'write a day as YYYY-MM-DD'),
  /** Holds only for a failure that shows this text; another failure of the check stays a FAIL. */
  finding: z.string().min(1).optional(),
})
export type Waiver = z.output<typeof waiverSchema>

/** A file of waivers: a list, or `{ waivers: [...] }`. */
export const waiverFileSchema = z.union([
  z.array(waiverSchema),
  z.strictObject({ waivers: z.array(waiverSchema) }).transform((file) => file.waivers),
])
