import { createNeedleIndex, type Needle, type NeedleIndex } from './needle-index.ts'

/** What a canary is: the tokens of the vault, and every other secret the harness mints or learns. */
export type CanaryKind =
  | 'access'
  | 'refresh'
  | 'presigned'
  | 'password'
  | 'session-password'
  | 'session-cookie'
  | 'client-secret'
  | 'redis-url'
  | 'marker'

/** A secret that must not surface at the browser side, and whose it is. */
export interface Canary {
  kind: CanaryKind
  /** E-mail of the user it belongs to, or a word such as `target`. */
  owner: string
  /** Token generation, from 1; 0 where the kind has none. */
  generation: number
  value: string
}

const LABELS: Record<CanaryKind, string> = {
  access: 'AT',
  refresh: 'RT',
  presigned: 'presigned URL',
  password: 'password',
  'session-password': 'session password',
  'session-cookie': 'session cookie',
  'client-secret': 'client secret',
  'redis-url': 'Redis URL',
  marker: 'marker',
}

/** `⟨AT2 alice⟩`: how reports name a canary without repeating it. */
export function labelOf(canary: Canary): string {
  const generation = canary.generation > 0 ? String(canary.generation) : ''
  return `⟨${LABELS[canary.kind]}${generation} ${canary.owner.split('@')[0] ?? canary.owner}⟩`
}

/** Every secret of a run; one registry per run. */
export interface CanaryRegistry {
  add(canary: Canary): void
  readonly index: NeedleIndex<Canary>
  all(): readonly Canary[]
  size(): number
  /** Replaces every raw secret in a text by its label, for reports. */
  redact(text: string): string
}

export function createCanaryRegistry(): CanaryRegistry {
  const byValue = new Map<string, Canary>()
  const index = createNeedleIndex<Canary>()
  return {
    index,
    all: () => [...byValue.values()],
    size: () => byValue.size,
    add(canary) {
      if (canary.value === '' || byValue.has(canary.value)) return
      byValue.set(canary.value, canary)
      for (const needle of needlesOf(canary)) index.add(needle)
    },
    redact(text) {
      let redacted = text
      for (const canary of byValue.values())
        for (const secret of [canary.value, ...segmentsOf(canary.value)])
          if (redacted.includes(secret)) redacted = redacted.replaceAll(secret, labelOf(canary))
      return redacted
    },
  }
}

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/

/** The parts of a JWT that are secret on their own; its header is the same for every token and is none. */
function segmentsOf(value: string): string[] {
  return JWT.test(value) ? value.split('.').slice(1) : []
}

/**
 * What is looked for: of a JWT any 16 characters of the signature and the whole payload (a part of it may be the user's id, which is no
 * secret); of a presigned URL its signature; of a session cookie three quarters, for the id in a signed one opens nothing; of anything else
 * any 16 characters.
 */
function needlesOf(canary: Canary): Needle<Canary>[] {
  const [payload, signature] = segmentsOf(canary.value)
  if (payload !== undefined && signature !== undefined)
    return [
      { text: payload, atLeast: payload.length, subject: canary },
      { text: signature, atLeast: 16, subject: canary },
    ]
  if (canary.kind === 'presigned')
    return signaturesOf(canary.value).map((text) => ({ text, atLeast: 16, subject: canary }))
  const enough = canary.kind === 'session-cookie' ? Math.ceil(canary.value.length * 0.75) : 16
  return [{ text: canary.value, atLeast: Math.min(enough, canary.value.length), subject: canary }]
}

const SIGNATURE_PARAMETERS = /[?&](?:sig|signature|x-amz-signature|x-amz-security-token)=([^&#]+)/gi

const signaturesOf = (url: string): string[] =>
  [...url.matchAll(SIGNATURE_PARAMETERS)]
    .map((match) => match[1] ?? '')
    .filter((text) => text.length >= 16)
