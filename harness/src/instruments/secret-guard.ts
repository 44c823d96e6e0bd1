import { scan } from './canary-scan.ts'
import { labelOf, type CanaryKind, type CanaryRegistry } from './canary-registry.ts'

/** Makes a text fit to be shown: raw secrets become labels, and a text that holds one in disguise is withheld. */
export type SecretGuard = (text: string) => string

/** What reports repeat is short: `2xx`, `[]`. */
const LONGEST_KEPT = 200

const SECRETS: readonly CanaryKind[] = [
  'access',
  'refresh',
  'presigned',
  'password',
  'session-password',
  'client-secret',
  'redis-url',
]

/** Values of parameters that sign a URL; whoever has one may read the file. */
const SIGNATURE =
  /\b((?:sig|signature|x-amz-signature|x-amz-security-token|x-amz-credential)(?:=|%3D))[^&#\s"'<>\\]+/gi
/** A JWT that is in no registry is still nobody else's business. */
const ANY_JWT = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g

/** The guard of a run; it knows the secrets that its registry holds at the time of asking. */
export function createSecretGuard(registry: CanaryRegistry): SecretGuard {
  const shown = new Map<string, string>()
  let secrets = 0
  return (text) => {
    if (registry.size() !== secrets) shown.clear()
    secrets = registry.size()
    const known = shown.get(text)
    if (known !== undefined) return known
    const fit = text === '' ? text : made(registry, text)
    if (text.length <= LONGEST_KEPT) shown.set(text, fit)
    return fit
  }
}

function made(registry: CanaryRegistry, text: string): string {
  const redacted = registry
    .redact(text)
    .replace(SIGNATURE, '$1⟨signature⟩')
    .replace(ANY_JWT, '⟨JWT⟩')
  const [leak] = scan(
    registry,
    [{ where: 'text', text: Buffer.from(redacted, 'utf8').toString('latin1') }],
    SECRETS,
  )
  return leak === undefined
    ? redacted
    : `⟨withheld: ${text.length} characters with ${labelOf(leak.canary)}, ${leak.form}⟩`
}
