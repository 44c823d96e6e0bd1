import type { Check } from './check.ts'
import type { Target } from './target/schema.ts'

/** What a target and this machine offer to checks. */
export interface Offer {
  target: Target
  instances: number
  /** Why there is no real vault behind the instances. */
  vaultMissing: string | undefined
  /** Why there is no browser. */
  browserMissing: string | undefined
}

/** Why a check is SKIP; undefined when it can run. */
export function missingNeed({ needs }: Check, offer: Offer): string | undefined {
  const route = needs.routes?.find((name) => offer.target.routes[name] === undefined)
  if (route !== undefined) return `routes.${route} is not declared`
  if (needs.pages && offer.target.pages.length === 0) return 'pages is not declared'
  if (needs.browser && offer.browserMissing !== undefined) return offer.browserMissing
  if (needs.redis && offer.vaultMissing !== undefined) return offer.vaultMissing
  if ((needs.instances ?? 1) <= offer.instances) return undefined
  return `needs ${needs.instances ?? 1} instances, start.instances is ${offer.instances}${offer.vaultMissing === undefined ? '' : ` because there is ${offer.vaultMissing}`}`
}
