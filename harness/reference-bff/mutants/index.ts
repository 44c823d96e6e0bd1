import type { Mutant } from './mutant.ts'
import { leakMutants } from './leak-mutants.ts'
import { previewMutants } from './preview-mutants.ts'
import { proxyMutants } from './proxy-mutants.ts'
import { refreshMutants } from './refresh-mutants.ts'
import { resilMutants } from './resil-mutants.ts'
import { rulesMutants } from './rules-mutants.ts'
import { sessionMutants } from './session-mutants.ts'
import { vaultMutants } from './vault-mutants.ts'

/** Every mutant, in catalogue order. */
export const mutants: readonly Mutant[] = [
  ...vaultMutants,
  ...refreshMutants,
  ...leakMutants,
  ...previewMutants,
  ...rulesMutants,
  ...sessionMutants,
  ...proxyMutants,
  ...resilMutants,
]

/** Finds a mutant. Throws and lists the names when there is none. */
export function mutantNamed(name: string): Mutant {
  const found = mutants.find((mutant) => mutant.name === name)
  if (found) return found
  throw new Error(
    `MUTANT=${name} is not one of ${mutants.map((mutant) => mutant.name).join(', ')}.`,
  )
}
