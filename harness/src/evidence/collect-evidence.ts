import type { JournalEntry } from 'mock-conduit'
import type { RunParts } from '../context.ts'
import type { Exchange } from '../instruments/http-exchange.ts'
import { createSecretGuard } from '../instruments/secret-guard.ts'
import { fromEntry, fromExchange, type Origins } from './wire-calls.ts'
import type { Evidence } from './evidence.ts'

/** What went over the wire for a check since a mark of the journal, and what it judged of the work for others, with every secret replaced. Never throws. */
export async function collectEvidence(
  { backend, registry, instances, recorder, sharedWork }: RunParts,
  check: string,
  since: number,
): Promise<Evidence> {
  const borrowed = sharedWork.borrowedBy(check)
  const exchanges: readonly Exchange[] = [
    ...borrowed.flatMap((work) => work.exchanges),
    ...recorder.current(),
  ]
  const isOurs = ({ seq }: JournalEntry) =>
    seq > since || borrowed.some((work) => seq > work.since && seq <= work.until)
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
    const first = Math.min(since, ...borrowed.map((work) => work.since))
    entries = (await backend.control.journal({ since: first })).entries.filter(isOurs)
  } catch (error) {
    incomplete = `the calls behind the BFF are missing: ${error instanceof Error ? error.message : String(error)}`
  }
  const back = entries.map((entry) => fromEntry(entry, origins, guard))
  const calls = [...front, ...back].sort((one, other) => one.startedAt - other.startedAt)
  return { calls, ...(incomplete === undefined ? {} : { incomplete }) }
}
