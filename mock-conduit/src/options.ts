import { type WorldDefinition, readWorld } from '@conduit-bff/fixtures'
import { z } from 'zod'
import { deepMerge } from './world/config.ts'

const worldOptions = z.strictObject({
  rotation: z.enum(['strict', 'racy', 'family', 'grace']).optional(),
  distinctTokens: z.boolean().optional(),
  rateLimits: z.enum(['conduit', 'off']).optional(),
  accessTokenPadding: z.number().int().min(0).max(100_000).optional(),
  mode: z.enum(['production', 'development']).optional(),
  storage: z.strictObject({ dialect: z.enum(['local', 's3']) }).optional(),
  email: z.boolean().optional(),
})

/** What flags, environment and `startMockConduit` share; the only place with defaults. */
export const mockOptions = z.strictObject({
  /** A fixture world by name, or a definition. */
  world: z
    .union([
      z.string(),
      z.custom<WorldDefinition>((value) => typeof value === 'object' && value !== null),
    ])
    .default('blog'),
  /** Port of the Client API and the control API; 0 = a free one. */
  port: z.number().int().min(0).max(65_535).default(0),
  storagePort: z.number().int().min(0).max(65_535).default(0),
  host: z.string().default('127.0.0.1'),
  /** Life of access tokens in milliseconds; the world's config decides when absent. */
  accessTtlMs: z.number().int().positive().optional(),
  options: worldOptions.default({}),
})

export type MockOptions = z.input<typeof mockOptions>
export type ParsedOptions = z.output<typeof mockOptions>

/** The default world's definition with the options' own changes laid over it. */
export function definitionOf(options: ParsedOptions): WorldDefinition {
  const definition = typeof options.world === 'string' ? readWorld(options.world) : options.world
  if (options.accessTtlMs === undefined) return definition
  const config = deepMerge(definition.config, {
    authentication: { accessTokens: { expiryPeriod: options.accessTtlMs } },
  })
  return { ...definition, config }
}
