import type { ConduitConfig } from '../world/config.ts'

type AuthConfig = ConduitConfig['authentication']

const providers = [
  'apple',
  'bitbucket',
  'facebook',
  'figma',
  'github',
  'gitlab',
  'google',
  'linkedin',
  'microsoft',
  'reddit',
  'slack',
  'twitch',
  'twitter',
] as const

export type OAuthProvider = (typeof providers)[number]

/** The OAuth providers that this config registers: switched on and with credentials. */
export function activeProviders(config: AuthConfig): OAuthProvider[] {
  return providers.filter((name) => {
    const provider = config[name]
    if (!provider.enabled || provider.clientId === '') return false
    return name === 'apple'
      ? config.apple.privateKey !== '' && config.apple.teamId !== ''
      : provider.clientSecret !== ''
  })
}

/** The second factor is off while its SMS method is on: there is no SMS module. Source: A/handlers/twoFa.ts:41-54. */
export function servesTwoFa({ twoFa }: AuthConfig): boolean {
  return twoFa.enabled && !twoFa.methods.sms
}

/**
 * Whether the auth module registers its common routes and middlewares; phone, biometric and magic link alone do not count.
 * Without them `authMiddleware` answers 404 `Not found`. Source: A/routes/index.ts:60-157, recording auth-local-disabled.
 */
export function authServes(config: AuthConfig): boolean {
  return (
    config.local.enabled ||
    config.teams.enabled ||
    servesTwoFa(config) ||
    config.local.username_auth_enabled ||
    config.metamask.enabled ||
    activeProviders(config).length > 0
  )
}
