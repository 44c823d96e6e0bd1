import { labelOf, type Canary, type CanaryKind, type CanaryRegistry } from './canary-registry.ts'
import { decodedViews } from './decoded-views.ts'

/** A secret met where it must not be. */
export interface Leak {
  canary: Canary
  /** `Set-Cookie session`, `body`, `header x-debug` … */
  where: string
  /** The decoding that showed it, `raw` or for example `percent-decoded > base64-decoded`. */
  form: string
}

/** A named piece of text to search; bytes are given as latin1. */
export interface Haystack {
  where: string
  text: string
}

/** What was found in a text, by the text: a thousand equal answers are searched once. Good for as long as no secret is added. */
export type ScanMemo = Map<string, readonly Omit<Leak, 'where'>[]>

/** Searches texts, and all that decoders make of them, for secrets of the given kinds. One leak per secret and place. */
export function scan(
  registry: CanaryRegistry,
  haystacks: readonly Haystack[],
  kinds: readonly CanaryKind[],
  memo: ScanMemo = new Map(),
): Leak[] {
  return haystacks.flatMap(({ where, text }) => {
    const found = memo.get(text) ?? scanOne(registry, text, kinds)
    memo.set(text, found)
    return found.map((leak) => ({ ...leak, where }))
  })
}

function scanOne(
  registry: CanaryRegistry,
  text: string,
  kinds: readonly CanaryKind[],
): readonly Omit<Leak, 'where'>[] {
  const leaks = new Map<Canary, Omit<Leak, 'where'>>()
  for (const view of decodedViews(text))
    for (const { subject } of registry.index.search(view.text))
      if (kinds.includes(subject.kind) && !leaks.has(subject))
        leaks.set(subject, { canary: subject, form: view.form })
  return [...leaks.values()]
}

/** `⟨AT2 alice⟩ in body (base64-decoded)` */
export const describeLeak = (leak: Leak): string =>
  `${labelOf(leak.canary)} in ${leak.where}${leak.form === 'raw' ? '' : ` (${leak.form})`}`

/** The kinds that a vault keeps from the browser. */
export const TOKENS: readonly CanaryKind[] = ['access', 'refresh']
