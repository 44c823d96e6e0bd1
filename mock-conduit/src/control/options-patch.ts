import { z } from 'zod'
import type { WorldOptions } from './types.ts'

/** World options as a caller gives them: what is absent keeps its value. */
export const optionsPatch: z.ZodType<Partial<WorldOptions>> = z.strictObject({
  rotation: z.enum(['strict', 'racy', 'family', 'grace']).exactOptional(),
  distinctTokens: z.boolean().exactOptional(),
  rateLimits: z.enum(['conduit', 'off']).exactOptional(),
  accessTokenPadding: z.number().int().min(0).max(100_000).exactOptional(),
  mode: z.enum(['production', 'development']).exactOptional(),
  storage: z.strictObject({ dialect: z.enum(['local', 's3']) }).exactOptional(),
  email: z.boolean().exactOptional(),
})
