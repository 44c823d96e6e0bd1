/** What is known of a start state that was not reached. */
export interface SetupFacts {
  /** What is wrong, in one sentence. */
  problem: string
  sent?: string | undefined
  got?: string | undefined
  /** What the BFF called meanwhile. */
  upstream?: string | undefined
  /** What the BFF wrote to its output meanwhile. */
  printed?: string | undefined
  /** Which key of the target file to change, or what else to do. */
  change: string
}

const ROWS = [
  ['sent', 'sent'],
  ['got', 'came back'],
  ['upstream', 'upstream'],
  ['printed', 'it printed'],
  ['change', 'to change'],
] as const

const WIDTH = Math.max(...ROWS.map(([, name]) => name.length)) + 4

/** The text of a SETUP: the problem, then what was sent, what came back and what to change, each on a line of its own. */
export const setupText = (facts: SetupFacts): string =>
  [
    facts.problem,
    ...ROWS.flatMap(([key, name]) => {
      const value = facts[key]
      return value === undefined || value === ''
        ? []
        : [`  ${name}`.padEnd(WIDTH) + value.replaceAll('\n', `\n${' '.repeat(WIDTH)}`)]
    }),
  ].join('\n')

/** The last of what a process printed, as far as a message shows it. */
export const lastLines = (output: string, most = 12): string =>
  output.trim().slice(-2000).split('\n').slice(-most).join('\n')
