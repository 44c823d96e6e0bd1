import autocannon from 'autocannon'

export interface Load {
  url: string
  headers?: Record<string, string>
  /** Paths asked in turn. */
  paths: string[]
}

const CONNECTIONS = 50
const SECONDS = 3

/** Requests per second under load. Throws when any answer is not 200: a fast error is no figure. */
export async function requestsPerSecond({ url, headers = {}, paths }: Load): Promise<number> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    headers,
    requests: paths.map((path) => ({ method: 'GET', path })),
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 200, ${result.errors} failed.`)
  return result.requests.total / result.duration
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
