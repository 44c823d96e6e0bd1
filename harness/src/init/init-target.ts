import { startBackend, type Backend } from '../instruments/backend.ts'
import { createCanaryRegistry } from '../instruments/canary-registry.ts'
import { isSchema } from '../instruments/seed-generator.ts'
import { worldOf } from '../instruments/world-source.ts'
import { findLogin, type FoundLogin } from './find-login.ts'
import { findRoutes } from './find-routes.ts'
import { lookAround } from './look-around.ts'
import type { PageHints } from './page-hints.ts'
import type { Probe, Visitor } from './probe.ts'
import { targetText, type Findings } from './target-text.ts'

/** What is known of a running BFF. */
export interface InitOptions {
  url: string
  /** How the target is to be called. */
  name: string
  /** The origin its users see, when it is not its own address. */
  origin?: string | undefined
  /** A user of the backend behind it. */
  email?: string | undefined
  password?: string | undefined
  /** Where the BFF expects its backend. When nothing listens there the harness's own backend does while the BFF is asked. */
  backendPort?: number | undefined
  /** The port of localhost that the BFF has on its list of storage hosts. */
  storagePort?: number | undefined
}

/** Asks a running BFF for its routes, cookie and CSRF scheme and writes a target file about it. Throws when it does not answer. */
export async function initTarget(options: InitOptions): Promise<{ text: string; found: Findings }> {
  const { email, password, backendPort } = options
  const named = email !== undefined && password !== undefined
  const backend =
    named || backendPort === undefined
      ? undefined
      : await ownBackend(backendPort, options.storagePort)
  try {
    const visitor = await visitorOf(backend, { email: email ?? '', password: password ?? '' })
    const url = options.url.replace(/\/$/, '')
    const probe: Probe = { url, origin: options.origin, visitor, backend }
    const hints = await lookAround(probe)
    const { login, there, broken } = await findLogin(probe, hints)
    const inside = login ? await lookAround(probe, login.browser) : hints
    const routes = login
      ? await findRoutes(probe, login.browser, { ...merged(hints, inside), login: pathOf(login) })
      : {}
    const found: Findings = {
      login,
      there,
      broken,
      routes,
      pages: merged(hints, inside).pages,
      hasVisitor: named || backend !== undefined,
    }
    return { text: targetText({ ...options, url }, found), found }
  } finally {
    await backend?.stop()
  }
}

/** What a stranger sees of a site, and a user. */
const merged = (one: PageHints, other: PageHints): PageHints => ({
  pages: [...new Set([...one.pages, ...other.pages])],
  loginForms: one.loginForms,
  paths: [...new Set([...one.paths, ...other.paths])],
  headers: one.headers,
})

const pathOf = ({ route }: FoundLogin) => String(route['POST'])

/** The harness's backend where the BFF expects one; undefined when the port is taken. */
async function ownBackend(
  port: number,
  storagePort: number | undefined,
): Promise<Backend | undefined> {
  const world = await worldOf('blog', process.cwd())
  try {
    return await startBackend({
      world,
      schemas: world.schemas.flatMap((each) => (isSchema(each) ? [each] : [])),
      endpoints: {},
      instances: 1,
      ports: [port],
      storagePort,
      registry: createCanaryRegistry(),
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined
    throw error
  }
}

async function visitorOf(backend: Backend | undefined, named: Visitor): Promise<Visitor> {
  if (!backend) return named
  const user = await backend.makeUser('init')
  return { email: user.email, password: user.password, user }
}
