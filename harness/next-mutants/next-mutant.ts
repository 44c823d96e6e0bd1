/** One place of the sample app where a mutant differs: `find` stands there exactly once, `put` takes its place. */
export interface Edit {
  /** Path in the sample app. */
  file: string
  find: string
  put: string
}

/** The sample app with exactly one defect, which stands in the build and is switched on by `MUTANT` at start. */
export interface NextMutant {
  name: string
  /** One sentence for people who read the matrix. */
  defect: string
  /** Which check fails, and at which of its observations. */
  kills: Readonly<Record<string, string | RegExp>>
  edits: readonly Edit[]
}

/** Gives mutants their type. */
export const defineNextMutants = (mutants: readonly NextMutant[]): readonly NextMutant[] => mutants

/** The condition under which a defect is on, as source text. */
export const when = (name: string): string => `process.env['MUTANT'] === '${name}'`
