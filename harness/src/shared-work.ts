import type { Exchange } from './instruments/http-exchange.ts'
import type { Recorder } from './instruments/recorder.ts'

/** What went over the wire while a piece of shared work was done. */
export interface WorkedOn {
  exchanges: readonly Exchange[]
  /** Marks of the journal. */
  since: number
  until: number
}

/** Work whose outcome several checks of a run judge, done for the first that asks. */
export interface SharedWork {
  /** The outcome. A check that asks once more, as in `--repeat`, has the work done anew; work that throws is not kept. */
  get<Value>(name: string, check: string, work: () => Promise<Value>): Promise<Value>
  /** What a check judged although it went over the wire for another. */
  borrowedBy(check: string): readonly WorkedOn[]
}

interface Kept extends WorkedOn {
  value: unknown
  by: string
  takers: Set<string>
}

export function createSharedWork(recorder: Recorder, mark: () => Promise<number>): SharedWork {
  const kept = new Map<string, Kept>()
  return {
    async get<Value>(name: string, check: string, work: () => Promise<Value>) {
      const known = kept.get(name)
      if (known && !known.takers.has(check)) {
        known.takers.add(check)
        return known.value as Value
      }
      const since = await mark()
      const before = recorder.current().length
      const value = await work()
      const exchanges = recorder.current().slice(before)
      const until = await mark()
      kept.set(name, { value, by: check, takers: new Set([check]), exchanges, since, until })
      return value
    },
    borrowedBy: (check) =>
      [...kept.values()].filter(({ by, takers }) => by !== check && takers.has(check)),
  }
}
