import { z } from 'zod'

/** Environment of a BFF as `start` takes it. */
export type Env = Readonly<Record<string, string | undefined>>

/** A running BFF. */
export interface RunningBff {
  url: string
  stop(): Promise<void>
}

const ms = (fallback: number) => z.coerce.number().int().positive().default(fallback)

const envSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  CONDUIT_URL: z.url(),
  REDIS_URL: z.string().min(1),
  APP_ORIGIN: z.url().optional(),
  SESSION_PASSWORD: z.string().min(32, 'needs 32 characters or more'),
  STORAGE_ORIGIN: z.url().optional(),
  CSRF_HEADER: z.string().min(1).optional(),
  CLIENT_ID: z.string().optional(),
  CLIENT_SECRET: z.string().optional(),
  UPSTREAM_MS: ms(8000),
  STORAGE_IDLE_MS: ms(8000),
  RENEW_WAIT_MS: ms(9000),
  RENEW_MS: ms(60_000),
  LEASE_MS: ms(6000),
})

/** What the BFF runs by; all durations in milliseconds. */
export interface Settings {
  port: number
  conduitUrl: string
  /** `redis://…`, or `embedded:` for a vault inside this process. */
  redisUrl: string
  /** The one origin whose pages may send unsafe requests; the server's own address when not given. */
  appOrigin: string | undefined
  sessionPassword: string
  /** The only origin that files are fetched from; any http(s) origin when not given. */
  storageOrigin: string | undefined
  /** A header that every change must carry with the value 1; none by default, for provenance is looked at in any case. */
  csrfHeader: string | undefined
  client: { id: string; secret: string | undefined } | undefined
  /** Longest wait for one answer of the backend, and for the headers of the storage host. */
  upstreamMs: number
  /** Longest wait for each next piece of a file. */
  storageIdleMs: number
  /** Longest wait of one caller for a renewal; the renewal itself goes on. */
  renewWaitMs: number
  /** Longest life of one renewal. */
  renewMs: number
  /** How long a renewal's lock outlives its owner. */
  leaseMs: number
}

/** Reads the environment. Throws one error that names every problem. */
export function readSettings(env: Env): Settings {
  const parsed = envSchema.safeParse(env)
  if (!parsed.success)
    throw new Error(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    )
  const { data } = parsed
  return {
    port: data.PORT,
    conduitUrl: data.CONDUIT_URL.replace(/\/$/, ''),
    redisUrl: data.REDIS_URL,
    appOrigin: data.APP_ORIGIN === undefined ? undefined : new URL(data.APP_ORIGIN).origin,
    sessionPassword: data.SESSION_PASSWORD,
    storageOrigin:
      data.STORAGE_ORIGIN === undefined ? undefined : new URL(data.STORAGE_ORIGIN).origin,
    csrfHeader: data.CSRF_HEADER,
    client:
      data.CLIENT_ID === undefined ? undefined : { id: data.CLIENT_ID, secret: data.CLIENT_SECRET },
    upstreamMs: data.UPSTREAM_MS,
    storageIdleMs: data.STORAGE_IDLE_MS,
    renewWaitMs: data.RENEW_WAIT_MS,
    renewMs: data.RENEW_MS,
    leaseMs: data.LEASE_MS,
  }
}
