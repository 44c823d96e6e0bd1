import { ConduitError } from '../wire/conduit-error.ts'
import type { World } from '../world/world.ts'

const REFUSED =
  "Invalid redirectUri provided! Check the redirectUris section in Authentication's config."

/** A redirect URI that the config allows by exact match, undefined for none or an empty one; throws 403 for others. Source: A/utils/index.ts:283-295. */
export function allowedRedirect(world: World, redirectUri: unknown): string | undefined {
  if (typeof redirectUri !== 'string' || redirectUri === '') return undefined
  const { allowAny, whitelistedUris } = world.config.authentication.redirectUris
  if (!allowAny && !whitelistedUris.includes(redirectUri))
    throw new ConduitError('PERMISSION_DENIED', REFUSED)
  return redirectUri
}
