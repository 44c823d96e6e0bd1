import type { Parts } from '../services.ts'
import type { Entry } from '../vault.ts'

/** The parts with a vault that saves something else than it was given after a renewal. */
export function savingOtherwise(
  parts: Parts,
  change: (next: Entry, before: Entry) => Entry,
): Parts {
  return {
    ...parts,
    vault: (services) => {
      const vault = parts.vault(services)
      return {
        ...vault,
        async replace(key, generation, next) {
          const before = await vault.read(key)
          return vault.replace(key, generation, before ? change(next, before) : next)
        },
      }
    },
  }
}
