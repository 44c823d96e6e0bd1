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

/** Searches texts, and all that decoders make of them, for secrets of the given kinds. One leak per secret and place. */
export function scan(
  registry: CanaryRegistry,
  haystacks: readonly Haystack[],
  kinds: readonly CanaryKind[],
): Leak[] {
  return haystacks.flatMap((haystack) => scanOne(registry, haystack, kinds))
}

function scanOne(
  registry: CanaryRegistry,
  { where, text }: Haystack,
  kinds: readonly CanaryKind[],
): Leak[] {
  const leaks = new Map<Canary, Leak>()
  for (const view of decodedViews(text))
    for (const { subject } of registry.index.search(view.text))
      if (kinds.includes(subject.kind) && !leaks.has(subject))
        leaks.set(subject, { canary: subject, where, form: view.form })
  return [...leaks.values()]
}

/** `⟨AT2 alice⟩ in body (base64-decoded)` */
export const describeLeak = (leak: Leak): string =>
  `${labelOf(leak.canary)} in ${leak.where}${leak.form === 'raw' ? '' : ` (${leak.form})`}`

/** The kinds that a vault keeps from the browser. */
export const TOKENS: readonly CanaryKind[] = ['access', 'refresh']
