import { ConduitError } from '../wire/conduit-error.ts'
import type { ConduitConfig } from '../world/config.ts'
import type { World } from '../world/world.ts'
import { isDisposable } from './disposable-domains.ts'

type Restrictions = ConduitConfig['authentication']['emailRestrictions']

/** What Conduit takes for an e-mail address, after lower-casing. Source: A/utils/index.ts:162-168. */
const address =
  /^(([^<>()[\]\\.,;:\s@"]+(\.[^<>()[\]\\.,;:\s@"]+)*)|(".+"))@((\[\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\])|(([a-z\-\d]+\.)+[a-z]{2,}))$/i

/** Throws 400 for what is no e-mail address. */
export function checkAddressForm(email: string): void {
  if (!address.test(email))
    throw new ConduitError('INVALID_ARGUMENT', 'Invalid email address provided')
}

/** Rejects with 400 for a malformed address and for one that the restrictions exclude; `conduitCode` goes with the latter where Conduit's handler gives one. */
export async function checkAddress(
  world: World,
  email: string,
  conduitCode?: 'EMAIL_NOT_ALLOWED',
): Promise<void> {
  checkAddressForm(email)
  await checkAllowed(world, email, conduitCode)
}

/** Rejects with 400 for an address that the restrictions exclude. Source: A/utils/emailRestrictions.ts. */
export async function checkAllowed(
  world: World,
  email: string,
  conduitCode?: 'EMAIL_NOT_ALLOWED',
): Promise<void> {
  const { emailRestrictions } = world.config.authentication
  if (await isAllowed(email.toLowerCase().trim(), emailRestrictions)) return
  throw new ConduitError('INVALID_ARGUMENT', 'This email address is not allowed', conduitCode)
}

/** `anonymous.com` is always refused; the rest is opt-in, and what is allowed by name beats what is blocked. */
async function isAllowed(email: string, rules: Restrictions): Promise<boolean> {
  const at = email.lastIndexOf('@')
  const local = at < 0 ? email : email.slice(0, at)
  const domain = at < 0 ? '' : email.slice(at + 1)
  if (domain === 'anonymous.com' || domain.endsWith('.anonymous.com')) return false
  if (!rules.enabled) return true
  if (clean(rules.allowedAddresses).includes(email) || within(domain, clean(rules.allowedDomains)))
    return true
  if (rules.blockPlusAddressing && local.includes('+')) return false
  if (clean(rules.blockedAddresses).includes(email) || within(domain, clean(rules.blockedDomains)))
    return false
  return !rules.blockDisposableEmails || !(await isDisposable(domain))
}

function clean(list: readonly string[]): string[] {
  return list.map((each) => each.toLowerCase().trim()).filter((each) => each !== '')
}

function within(domain: string, suffixes: readonly string[]): boolean {
  return suffixes.some(
    (suffix) => suffix.includes('.') && (domain === suffix || domain.endsWith(`.${suffix}`)),
  )
}
