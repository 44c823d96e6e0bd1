/** Whether two texts share so many characters in a row; a shorter text is too short to. */
export function haveInCommon(one: string, other: string, atLeast: number): boolean {
  for (let at = 0; at + atLeast <= one.length; at += 1)
    if (other.includes(one.slice(at, at + atLeast))) return true
  return false
}
