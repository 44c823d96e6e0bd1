/** Why a route is served although no recorded step asks it; the first pattern that starts the operation's path decides. */
const unrecorded: readonly (readonly [prefix: string, why: string])[] = [
  [
    '/authentication/teams',
    'no team scenario was recorded; compared with a running Conduit at 4e203de84',
  ],
  [
    '/authentication/twoFa',
    'no second-factor scenario was recorded; compared with a running Conduit at 4e203de84',
  ],
  ['/authentication/biometrics', 'biometric login was not recorded; written from the source'],
  [
    '/authentication/username',
    'username login was not recorded; compared with a running Conduit at 4e203de84',
  ],
  [
    '/authentication/',
    'needs the e-mail module, which the recorded backend had not; compared with a running Conduit at 4e203de84',
  ],
  [
    '/hook/authentication/',
    'needs the e-mail module, which the recorded backend had not; compared with a running Conduit at 4e203de84',
  ],
  ['/database/function/', 'runs on the query language that the recorded endpoints prove'],
  ['/database/', 'the same code as the recorded schemas, with this schema’s fields'],
]

/** The reason of one served, unrecorded route. Throws for one that nobody gave a reason. */
export function whyUnrecorded(path: string): string {
  const found = unrecorded.find(([prefix]) => path.startsWith(prefix))
  if (!found)
    throw new Error(
      `${path} is served without a recording: say why in scripts/compat/reasons.ts, or record it.`,
    )
  return found[1]
}

/** What the mock leaves out on purpose. */
export const declined: readonly (readonly [what: string, why: string])[] = [
  [
    'GraphQL (`/graphql`)',
    'not the Client REST API; the guard and `{__typename}` answer as recorded, the rest is 501',
  ],
  ['MCP (`/mcp`)', 'off on the recorded backend; answers its refusal'],
  [
    'Swagger UI page (`/swagger/`)',
    'a bundle of somebody else’s assets; `/swagger.json` is served, the page only links to it',
  ],
  ['Scalar page (`/reference`)', 'the page is served, its script comes from a CDN as upstream'],
  ['Sockets (socket.io)', 'not REST; nothing listens for them'],
  ['Admin API', 'the control API under `/__mock` seeds, configures and watches the mock instead'],
  ['MongoDB', 'PostgreSQL’s answers only: ids, errors and sort order differ on MongoDB'],
]

/** What the recorded steps that ask no route of the table are about. */
export const besideRoutes: Readonly<Record<string, string>> = {
  '@storage/bytes': 'signed URLs of the byte server (local provider)',
  '@explorers': '`/graphql`, `/mcp`, `/swagger`, `/reference`',
  '@no-such-route': 'unknown paths and methods, `OPTIONS`, routes that a config takes away',
  '@no-request': 'values taken out of earlier answers (token claims, URL parts)',
}
