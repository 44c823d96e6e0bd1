import type { Parts } from '../services.ts'

/** A BFF with exactly one defect. */
export interface Mutant {
  /** The file's name; ids of the catalogue's last column. */
  name: string
  /** One sentence for people who read the matrix. */
  defect: string
  /** Which check fails, and at which of its observations. */
  kills: Readonly<Record<string, string | RegExp>>
  /** Checks that fail as well, because the defect breaks them too. */
  collateral?: readonly string[]
  /** Shows only in a BFF that is a process of its own. */
  needsProcess?: boolean
  /** Shows only in a BFF that asks for a static header. */
  needsProof?: boolean
  apply(parts: Parts): Parts
}

/** Gives a mutant its type. */
export const defineMutant = (mutant: Mutant): Mutant => mutant
