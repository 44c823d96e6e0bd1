/** A set of characters below 256, to be looked up by code. */
export type Alphabet = Uint8Array

export const alphabetOf = (characters: string): Alphabet => {
  const alphabet = new Uint8Array(256)
  for (const character of characters) alphabet[character.charCodeAt(0)] = 1
  return alphabet
}

export interface RunLimits {
  /** Characters that a run has at least. */
  least: number
  /** Runs that are given at most. */
  most: number
}

/** The longest runs of an alphabet's characters, in order. One pass, where a regular expression begins anew at each character of a run that is too short. */
export function runsOf(text: string, alphabet: Alphabet, { least, most }: RunLimits): string[] {
  const runs: string[] = []
  let from = 0
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && alphabet[text.charCodeAt(at)] === 1) continue
    if (at - from >= least) {
      runs.push(text.slice(from, at))
      if (runs.length >= most) break
    }
    from = at + 1
  }
  return runs
}
