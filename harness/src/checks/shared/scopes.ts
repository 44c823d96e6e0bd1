import type { JournalEntry } from 'mock-conduit'
import type { JournalView } from '../../instruments/journal-view.ts'

/** Upstream calls that make a document. */
export const createsIn = (view: JournalView): JournalEntry[] =>
  view.data().filter(({ method, path }) => method === 'POST' && path.startsWith('/database/'))

/** Values of `scope` in the query of an upstream call. */
export const scopesOf = ({ path }: Pick<JournalEntry, 'path'>): string[] =>
  new URL(path, 'http://backend').searchParams.getAll('scope')

/** Upstream calls that make a file. */
export const storedIn = (view: JournalView): JournalEntry[] =>
  view
    .data()
    .filter(({ method, path }) => method === 'POST' && /^\/storage\/(file|upload)\b/.test(path))
