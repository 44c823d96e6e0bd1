import type { ControlClient, JournalEntry } from 'mock-conduit'

export const RENEW = 'POST /authentication/renew'
export const STORAGE_GET = 'GET @storage/bytes'
const AUTH = /^\w+ \/authentication\/(?!user\b)/
/** Liveness probes of the backend are not calls on anybody's behalf. */
const PROBE = /^(GET|HEAD) \/(ready|health|healthz|live|status)?$/i

/** The journal from a mark on, for one user or all; read-only questions, no waiting. */
export interface JournalView {
  entries: readonly JournalEntry[]
  /** Client API calls apart from liveness probes. */
  api(): JournalEntry[]
  /** Calls that carried something in the place of an access token, apart from login, renew and logout. */
  data(): JournalEntry[]
  renews(): JournalEntry[]
  /** Renewals that the backend granted. */
  renewed(): JournalEntry[]
  storage(): JournalEntry[]
  /** `GET /database/Post AT1 → 401` lines, in order. */
  lines(): string[]
}

export function journalView(entries: readonly JournalEntry[]): JournalView {
  const api = entries.filter((entry) => entry.side === 'api' && !PROBE.test(entry.operation))
  const renews = api.filter(isRenew)
  return {
    entries,
    api: () => api,
    data: () =>
      api.filter((entry) => !isRenew(entry) && !AUTH.test(entry.operation) && hasCredential(entry)),
    renews: () => renews,
    renewed: () => renews.filter((entry) => entry.status === 200),
    storage: () => entries.filter((entry) => entry.side === 'storage'),
    lines: () => entries.map(lineOf),
  }
}

/** Also a renew that was sent to a path or with a method that only nearly fits. */
const isRenew = (entry: JournalEntry) =>
  entry.operation === RENEW || /^\/authentication\/renew\b/i.test(entry.path)

const hasCredential = (entry: JournalEntry) =>
  entry.token !== undefined ||
  entry.requestHeaders.some(([name]) => name.toLowerCase() === 'authorization')

/** `i1 GET /database/Post AT1 → 401` */
export function lineOf(entry: JournalEntry): string {
  const token = entry.token
  const letter = token?.kind === 'refresh' ? 'RT' : 'AT'
  const carried =
    token === undefined
      ? 'no token'
      : token.kind === 'unknown'
        ? 'an unknown token'
        : `${letter}${token.generation}`
  return `${entry.instance} ${entry.operation === 'unknown' ? `${entry.method} ${entry.path}` : entry.operation} ${carried} → ${entry.status || entry.close}`
}

/** Reads everything after a mark. */
export async function readJournal(
  control: ControlClient,
  since: number,
  user?: string,
): Promise<JournalView> {
  const { entries } = await control.journal({ since, ...(user === undefined ? {} : { user }) })
  return journalView(entries)
}

/** The mark: number of the latest entry. */
export async function journalMark(control: ControlClient): Promise<number> {
  return (await control.journal({ since: Number.MAX_SAFE_INTEGER })).lastSeq
}
