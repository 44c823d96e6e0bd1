/**
 * Whether two texts share so many characters in a row; a shorter text is too short to. What stands in one of `others` too is no secret of
 * the first text's own: the head of a JWT is the same in all.
 */
export function haveInCommon(
  one: string,
  other: string,
  { atLeast, others = [] }: { atLeast: number; others?: readonly string[] },
): boolean {
  for (let at = 0; at + atLeast <= one.length; at += 1) {
    const run = one.slice(at, at + atLeast)
    if (other.includes(run) && !others.some((text) => text.includes(run))) return true
  }
  return false
}
