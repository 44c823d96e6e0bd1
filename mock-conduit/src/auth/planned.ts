import type { PlannedRoute } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { activeProviders } from './serving.ts'

type Operation = `${PlannedRoute['method']} ${string}`

/** Auth routes that Conduit registers under this config and the mock does not serve. Source: A/routes/index.ts:60-157. */
export function plannedAuthRoutes({ config, options }: World): PlannedRoute[] {
  const { phoneAuthentication, magic_link: magicLink, metamask } = config.authentication
  const planned: [why: string, operations: Operation[]][] = []
  if (phoneAuthentication.enabled)
    planned.push([
      'Phone login',
      ['POST /authentication/phone', 'POST /authentication/phone/verify'],
    ])
  if (magicLink.enabled && options.email)
    planned.push(['The magic link', magicLinkOperations(magicLink.link_uri !== '')])
  if (metamask.enabled)
    planned.push([
      'Metamask login',
      ['POST /authentication/metamask/nonce', 'POST /authentication/metamask/authenticate'],
    ])
  for (const provider of activeProviders(config.authentication))
    planned.push([`OAuth with ${provider}`, oauthOperations(provider)])
  return planned.flatMap(([why, operations]) =>
    operations.map((operation) => toRoute(operation, why)),
  )
}

function magicLinkOperations(hasLinkUri: boolean): Operation[] {
  return [
    'POST /authentication/magic-link',
    'GET /hook/authentication/magic-link/:verificationToken',
    ...(hasLinkUri ? (['POST /authentication/magic-link/:magicToken'] as const) : []),
  ]
}

function oauthOperations(provider: string): Operation[] {
  const callback: Operation = `${provider === 'apple' ? 'POST' : 'GET'} /hook/authentication/${provider}`
  const native: Operation[] =
    provider === 'apple'
      ? [`GET /authentication/initNative/${provider}`, `POST /authentication/native/${provider}`]
      : []
  const direct: Operation[] =
    provider === 'google' || provider === 'facebook' ? [`POST /authentication/${provider}`] : []
  return [`GET /authentication/init/${provider}`, ...native, callback, ...direct]
}

const methods: readonly PlannedRoute['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

function toRoute(operation: Operation, what: string): PlannedRoute {
  const space = operation.indexOf(' ')
  const method = methods.find((each) => operation.startsWith(`${each} `)) ?? 'GET'
  return { method, path: operation.slice(space + 1), why: `${what} is not built.` }
}
