import { createBff } from '../reference-bff/create-bff.ts'
import { socialStateInStore } from '../reference-bff/mutants/social-state-in-store.ts'
import { referenceParts } from '../reference-bff/parts.ts'
import type { Env, RunningBff } from '../reference-bff/settings.ts'

/** A sound BFF whose social login is remembered by the state in the address instead of a cookie. */
export const start = (env: Env): Promise<RunningBff> =>
  createBff(
    env,
    socialStateInStore(referenceParts(env), () => '/'),
  )
