/** One request of a fuzz run. `{{name}}` stands for something the target knows: ids, tokens, signed paths. */
export interface FuzzRequest {
  method: string
  /** With its leading slash. */
  path: string
  /** Without `?`. */
  query: string
  headers: [name: string, value: string][]
  body: string | undefined
  side: 'api' | 'storage' | 'control'
}

/** An answer as it came. */
export interface FuzzAnswer {
  status: number
  type: string
  body: string
}

/** As a person reads it, long texts cut. */
export function shownRequest({ method, path, query, headers, body, side }: FuzzRequest): string {
  const cut = (text: string) =>
    text.length > 400 ? `${text.slice(0, 400)}…(${text.length})` : text
  const lines = headers.map(([name, value]) => `    ${name}: ${cut(value)}`)
  const target = query === '' ? path : `${path}?${query}`
  return [
    `  ${side} ${method} ${cut(JSON.stringify(target))}`,
    ...lines,
    ...(body === undefined ? [] : [`    ${cut(JSON.stringify(body))}`]),
  ].join('\n')
}
