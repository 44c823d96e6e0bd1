import { z } from 'zod'

/** The only reader of `process.env`. */
const schema = z.object({
  /** Base of Conduit's Client API. */
  CLIENT_BASE_URL: z.url().default('http://localhost:3000'),
  /** `redis://…`, or `embedded:` for a vault inside this process. */
  REDIS_URL: z
    .string()
    .min(
      1,
      'REDIS_URL is missing: give redis://host:port, or embedded: for a vault inside this one process.',
    ),
  SESSION_SECRET: z
    .string()
    .min(32, 'SESSION_SECRET must have at least 32 characters; `openssl rand -hex 32` makes one.'),
  /** What the browser sees, e.g. https://app.example.com. */
  APP_ORIGIN: z.url().optional(),
  /** Origins that file bytes may come from, comma separated; default: the host of CLIENT_BASE_URL, any port. */
  STORAGE_ORIGINS: z.string().default(''),
})

export interface Env {
  clientBaseUrl: string
  redisUrl: string
  sessionSecret: string
  appOrigin: string | undefined
  storageOrigins: string[]
}

/** Parses an environment. Throws one error that names every problem. Outside production, vault and secret have development defaults. */
export function parseEnv(raw: Record<string, string | undefined>): Env {
  const defaults =
    raw['NODE_ENV'] === 'production'
      ? {}
      : { REDIS_URL: 'embedded:', SESSION_SECRET: 'development-secret-that-protects-nothing' }
  const given = Object.fromEntries(
    Object.entries(raw).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = schema.safeParse({ ...defaults, ...given })
  if (!result.success)
    throw new Error(
      `The sample app cannot start:\n${result.error.issues.map((issue) => `- ${explain(issue)}`).join('\n')}`,
    )
  const { CLIENT_BASE_URL, REDIS_URL, SESSION_SECRET, APP_ORIGIN, STORAGE_ORIGINS } = result.data
  return {
    clientBaseUrl: CLIENT_BASE_URL.replace(/\/$/, ''),
    redisUrl: REDIS_URL,
    sessionSecret: SESSION_SECRET,
    appOrigin: APP_ORIGIN === undefined ? undefined : new URL(APP_ORIGIN).origin,
    storageOrigins: STORAGE_ORIGINS.split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  }
}

function explain(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0])
  if (issue.code === 'invalid_type')
    return name === 'REDIS_URL'
      ? 'REDIS_URL is missing: give redis://host:port, or embedded: for a vault inside this one process.'
      : `${name} is missing.${name === 'SESSION_SECRET' ? ' `openssl rand -hex 32` makes one.' : ''}`
  return issue.message.startsWith(name) ? issue.message : `${name}: ${issue.message}`
}

let parsed: Env | undefined

/** The environment of this process, parsed on first use. */
export function env(): Env {
  return (parsed ??= parseEnv(process.env))
}
