import { readByBcrypt } from '../world/bcrypt.ts'
import type { World } from '../world/world.ts'
import type { WireRequest } from './message.ts'

/** Which security client a request comes from. */
export type Admission = { admitted: true; clientId: string } | { admitted: false }

interface SecurityClient {
  platform: string
  domain?: string | undefined
  id: string
  secret: string
}

const anonymous: Admission = { admitted: true, clientId: 'anonymous-client' }
const refused: Admission = { admitted: false }

/** Judges `clientid` and `clientsecret` while validation is on. Source: R/security/handlers/client-validation/index.ts, R/security/utils/index.ts. */
export function admitClient(world: World, request: WireRequest): Admission {
  if (isExempt(request)) return { admitted: true, clientId: '' }
  if (!world.config.router.security.clientValidation) return anonymous
  const { clientid, clientsecret } = request.headers
  const client: SecurityClient | undefined = world.definition.clients.find(
    ({ id }) => id === clientid,
  )
  if (!client || clientid === undefined) return refused
  const known =
    client.platform === 'WEB' && client.domain
      ? domainMatches(client.domain, request)
      : sameSecret(clientsecret, client.secret)
  return known ? { admitted: true, clientId: clientid } : refused
}

/** The stored secret is a bcrypt hash, so what comes after 72 bytes is read of neither. */
function sameSecret(sent: string | undefined, secret: string): boolean {
  return sent !== undefined && readByBcrypt(sent).equals(readByBcrypt(secret))
}

function isExempt({ method, path, query }: WireRequest): boolean {
  if (path.startsWith('/hook') || path === '/' || path === '/ready') return true
  const bareGraphql = path === '/graphql' && query === ''
  return (
    method === 'GET' &&
    (bareGraphql || path.startsWith('/swagger') || path.startsWith('/reference'))
  )
}

/** A stored domain is compared with the raw Origin (scheme included) or the host name; `*.x` is a bare suffix test. */
function domainMatches(domain: string, { headers }: WireRequest): boolean {
  if (domain === '*') return true
  const sent = headers['origin'] ?? (headers['host'] ?? '').replace(/:\d+$/, '')
  if (!domain.includes('*')) return domain === sent
  const suffix = domain.split('*.')[1]
  return sent.endsWith(suffix ?? 'undefined')
}
