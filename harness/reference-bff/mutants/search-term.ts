import type { Parts } from '../services.ts'
import { changedCall } from './upstream-calls.ts'

/** The parts with the term of a search changed on its way upstream. */
export const changedTerm = (parts: Parts, change: (term: string) => string): Parts =>
  changedCall(
    parts,
    ({ path, query }) => path.startsWith('/database/function/') && query?.['term'] !== undefined,
    (call) => ({ ...call, query: { ...call.query, term: change(call.query?.['term'] ?? '') } }),
  )
