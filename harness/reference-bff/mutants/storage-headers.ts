import type { BffContext, Parts } from '../services.ts'
import type { Entry } from '../vault.ts'
import { wrappedRoute } from './change-answer.ts'
import { rebuilt } from './rebuild.ts'
import { entryOfRequest } from './session-entry.ts'

/** The parts with a request to the storage host that carries more, or goes to another URL. */
export function changedStorageRequest(
  parts: Parts,
  change: (
    request: { url: URL; headers: Readonly<Record<string, string>> },
    about: { entry: Entry; c: BffContext },
  ) => { url: URL; headers: Readonly<Record<string, string>> },
): Parts {
  return wrappedRoute(parts, 'preview', (_, services) => async (c) => {
    const entry = await entryOfRequest(c, services)
    const { http } = services
    return rebuilt(services, parts, {
      http: {
        ...http,
        open(url, headers, signal) {
          const changed = change({ url, headers }, { entry, c })
          return http.open(changed.url, changed.headers, signal)
        },
      },
    }).preview(c)
  })
}
