import { readWorld } from '@conduit-bff/fixtures'
import { Worlds, realPorts } from '../../src/worlds.ts'
import type { World } from '../../src/world/world.ts'

const provider = (extra: Record<string, string> = {}) => ({
  enabled: true,
  clientId: 'id',
  clientSecret: 'secret',
  ...extra,
})

/** Every switch of the Client API that registers routes, on. */
export const everyFeature = {
  authentication: {
    local: { username_auth_enabled: true, verification: { required: true, send_email: true } },
    anonymousUsers: { enabled: true },
    twoFa: { enabled: true, methods: { authenticator: true, sms: false } },
    teams: { enabled: true, enableDefaultTeam: true, invites: { enabled: true, sendEmail: true } },
    phoneAuthentication: { enabled: true },
    biometricAuthentication: { enabled: true },
    magic_link: { enabled: true, link_uri: 'http://localhost/link' },
    metamask: { enabled: true },
    ...Object.fromEntries(
      [
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
      ].map((name) => [name, provider()]),
    ),
    apple: provider({ privateKey: 'key', teamId: 'team', keyId: 'key-id' }),
  },
}

/** World `recorded` with a config laid over it, in this process; nothing listens. */
export function recordedWorld(config: Record<string, unknown>, email = false): World {
  const worlds = new Worlds(realPorts, { api: 'http://api.test', storage: 'http://storage.test' })
  const world = worlds.create('default', readWorld('recorded'), { email })
  world.setConfig(config)
  return world
}

/** World `recorded` with every feature on. */
export function fullWorld(): World {
  return recordedWorld(everyFeature, true)
}
