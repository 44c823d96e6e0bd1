import { type WorldDefinition, readWorld } from '@conduit-bff/fixtures'
import { z } from 'zod'
import { optionsPatch } from './control/options-patch.ts'
import { deepMerge } from './world/config.ts'

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
  options: optionsPatch.default({}),
  /** Whoever uses the control API sends it in `x-mock-token`; needed when bound elsewhere than on loopback. */
  controlToken: z.string().min(1).optional(),
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
