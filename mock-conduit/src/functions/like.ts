/** SQL's LIKE: `%` any run, `_` any one character, backslash takes the next literally. Greedy with one restart, so its cost is the product of the lengths at worst, never more. */
export function like(text: string, pattern: string, caseSensitive: boolean): boolean {
  const chars = Array.from(caseSensitive ? text : text.toLowerCase())
  const marks = tokens(caseSensitive ? pattern : pattern.toLowerCase())
  let at = 0
  let mark = 0
  let star = -1
  let starAt = 0
  while (at < chars.length) {
    const token = marks[mark]
    if (token !== undefined && token !== any && (token === one || token === chars[at])) {
      at += 1
      mark += 1
    } else if (token === any) {
      star = mark
      starAt = at
      mark += 1
    } else if (star >= 0) {
      starAt += 1
      at = starAt
      mark = star + 1
    } else return false
  }
  while (marks[mark] === any) mark += 1
  return mark === marks.length
}

const any = Symbol('%')
const one = Symbol('_')

function tokens(pattern: string): (string | typeof any | typeof one)[] {
  const chars = Array.from(pattern)
  const list: (string | typeof any | typeof one)[] = []
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] ?? ''
    if (char === '\\' && at + 1 < chars.length) list.push(chars[++at] ?? '')
    else if (char === '%') {
      if (list.at(-1) !== any) list.push(any)
    } else list.push(char === '_' ? one : char)
  }
  return list
}
