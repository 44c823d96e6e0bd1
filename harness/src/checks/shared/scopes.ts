import type { JournalEntry } from 'mock-conduit'
import type { JournalView } from '../../instruments/journal-view.ts'

/** Upstream calls that make a document. */
export const createsIn = (view: JournalView): JournalEntry[] =>
  view.data().filter(({ method, path }) => method === 'POST' && path.startsWith('/database/'))

/** Values of `scope` in the query of an upstream call. */
export const scopesOf = ({ path }: Pick<JournalEntry, 'path'>): string[] =>
  new URL(path, 'http://backend').searchParams.getAll('scope')

/** What a program writes where it has no id. */
const NO_ID = /^(undefined|null|nan|none|nil|true|false|object)$/i

/** Whether these are the one scope that a create needs, `Type:id`. */
export function isOneScope(scopes: readonly string[]): boolean {
  const [scope = '', ...others] = scopes
  const [, id] = /^\w+:([\w-]+)$/.exec(scope) ?? []
  return others.length === 0 && id !== undefined && !NO_ID.test(id)
}

/** Upstream calls that make a file. */
export const storedIn = (view: JournalView): JournalEntry[] =>
  view
    .data()
    .filter(({ method, path }) => method === 'POST' && /^\/storage\/(file|upload)\b/.test(path))
