import imported, { type Builder } from 'junit-report-builder'
import { isRecord } from '../is-record.ts'

const isBuilder = (value: unknown): value is Builder =>
  isRecord(value) && typeof value['newBuilder'] === 'function'

/** A fresh JUnit builder. The library is CommonJS whose types promise an ES default: at run time the import itself is the builder. */
export function newBuilder(): Builder {
  const candidates: unknown[] = [imported, isRecord(imported) ? imported['default'] : undefined]
  const builder = candidates.find(isBuilder)
  if (!builder) throw new Error('junit-report-builder exports no builder')
  return builder.newBuilder()
}
