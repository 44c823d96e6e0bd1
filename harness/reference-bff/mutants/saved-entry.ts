import type { Parts } from '../services.ts'
import type { Entry } from '../vault.ts'
import { wrappedReplace } from './wrapped-replace.ts'

/** The parts with a vault that saves something else than it was given after a renewal. */
export function savingOtherwise(
  parts: Parts,
  change: (next: Entry, before: Entry) => Entry,
): Parts {
  return wrappedReplace(parts, (replace, { vault }) => async (key, generation, next) => {
    const before = await vault.read(key)
    return replace(key, generation, before ? change(next, before) : next)
  })
}
