import type { Parts } from '../services.ts'

/** The parts with ids made otherwise, filled up to the length that an id has. */
export function chosenIds(parts: Parts, newId: () => string): Parts {
  return {
    ...parts,
    sessions: (services) =>
      Object.assign(parts.sessions(services), { newId: () => newId().padStart(43, '0') }),
  }
}
