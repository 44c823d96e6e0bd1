import { createBff } from './create-bff.ts'
import { mutantNamed } from './mutants/index.ts'
import { referenceParts } from './parts.ts'
import type { Env, RunningBff } from './settings.ts'

/** Starts the reference BFF, or the mutant that `MUTANT` names. Throws for a name that does not exist. */
export async function start(env: Env): Promise<RunningBff> {
  const name = env['MUTANT']
  if (name === undefined || name === '') return createBff(env)
  return createBff(env, mutantNamed(name).apply(referenceParts(env)))
}
