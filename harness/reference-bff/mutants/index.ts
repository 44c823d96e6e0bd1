import type { Mutant } from './mutant.ts'

/** Every mutant, in catalogue order. */
export const mutants: readonly Mutant[] = []

/** Finds a mutant. Throws and lists the names when there is none. */
export function mutantNamed(name: string): Mutant {
  const found = mutants.find((mutant) => mutant.name === name)
  if (found) return found
  throw new Error(
    `MUTANT=${name} is not one of ${mutants.map((mutant) => mutant.name).join(', ')}.`,
  )
}
