type Headers = Readonly<Record<string, string | undefined>>

/** The validators of an object: its quoted entity tag, and when it was last written, in milliseconds. */
export interface Validators {
  etag: string
  modifiedAt: number
}

/** What conditional headers make of a request: go on, 304 or 412. Source: RFC 9110 §13.2.2. */
export function judgeConditions(
  headers: Headers,
  { etag, modifiedAt }: Validators,
): 'proceed' | 'not-modified' | 'failed' {
  const second = Math.floor(modifiedAt / 1000) * 1000
  const match = headers['if-match']
  const unmodified = httpDate(headers['if-unmodified-since'])
  if (match !== undefined && !names(match, etag)) return 'failed'
  if (match === undefined && unmodified !== undefined && second > unmodified) return 'failed'
  const noneMatch = headers['if-none-match']
  if (noneMatch !== undefined) return names(noneMatch, etag) ? 'not-modified' : 'proceed'
  const modified = httpDate(headers['if-modified-since'])
  return modified !== undefined && second <= modified ? 'not-modified' : 'proceed'
}

/** Whether `If-Range` lets a Range stand: absent, the very tag, or the very date. */
export function rangeStands(headers: Headers, { etag, modifiedAt }: Validators): boolean {
  const condition = headers['if-range']
  if (condition === undefined) return true
  if (condition.startsWith('"') || condition.startsWith('W/')) return condition === etag
  return httpDate(condition) === Math.floor(modifiedAt / 1000) * 1000
}

function names(list: string, etag: string): boolean {
  return list.split(',').some((each) => {
    const tag = each.trim().replace(/^W\//, '')
    return tag === '*' || tag === etag
  })
}

function httpDate(text: string | undefined): number | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}
