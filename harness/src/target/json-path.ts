const STEP = /\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]|\[\*\]|\.\*/y

/** Reads `$`, `$.a.b`, `$[0].c`, `$['odd name']`, `$.list[*].id` from a JSON value; a missing step gives undefined. */
export function readJsonPath(value: unknown, path: string): unknown {
  let current: unknown = value
  let at = 1
  while (at < path.length) {
    STEP.lastIndex = at
    const match = STEP.exec(path)
    if (!match) throw new SyntaxError(`"${path}" is not a path such as $.items or $.data[0].id.`)
    at = STEP.lastIndex
    const key = match[1] ?? match[2] ?? match[3]
    if (key === undefined) return eachOf(current, path.slice(at))
    current = memberOf(current, key)
  }
  return current
}

function eachOf(value: unknown, rest: string): unknown {
  if (!Array.isArray(value)) return undefined
  return rest === '' ? value : value.map((each) => readJsonPath(each, `$${rest}`))
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([name]) => name === key)?.[1]
}

/** Whether a text is a path that `readJsonPath` can follow. */
export function isJsonPath(path: string): boolean {
  try {
    readJsonPath(undefined, path)
    return path.startsWith('$')
  } catch {
    return false
  }
}
