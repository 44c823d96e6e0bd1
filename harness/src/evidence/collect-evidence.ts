import type { JournalEntry } from 'mock-conduit'
import type { RunParts } from '../context.ts'
import type { Exchange } from '../instruments/http-exchange.ts'
import { createSecretGuard } from '../instruments/secret-guard.ts'
import { fromEntry, fromExchange, type Origins } from './wire-calls.ts'
import type { Evidence } from './evidence.ts'

/** What went over the wire since a mark of the journal, with every secret replaced. Never throws. */
export async function collectEvidence(
  { backend, registry, instances }: RunParts,
  exchanges: readonly Exchange[],
  since: number,
): Promise<Evidence> {
  const guard = createSecretGuard(registry)
  const origins: Origins = {
    instances: instances.map(({ url }) => url),
    conduit: backend.urls,
    storage: backend.storageUrl,
  }
  const front = exchanges.map((exchange) => fromExchange(exchange, origins, guard))
  let entries: readonly JournalEntry[] = []
  let incomplete: string | undefined
  try {
    entries = (await backend.control.journal({ since })).entries
  } catch (error) {
    incomplete = `the calls behind the BFF are missing: ${error instanceof Error ? error.message : String(error)}`
  }
  const back = entries.map((entry) => fromEntry(entry, origins, guard))
  const calls = [...front, ...back].sort((one, other) => one.startedAt - other.startedAt)
  return { calls, ...(incomplete === undefined ? {} : { incomplete }) }
}
