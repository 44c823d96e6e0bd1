import { isRecord } from '../is-record.ts'

export const PRESETS = ['next-app-router'] as const
export type Preset = (typeof PRESETS)[number]

/** What a target of a kind usually says; every key that a file gives itself counts instead. */
export const presets: Record<Preset, Record<string, unknown>> = {
  'next-app-router': {
    start: {
      build: 'npx next build',
      command: 'npx next start -H 127.0.0.1 -p $PORT',
      env: {
        PORT: '{{port}}',
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        CLIENT_BASE_URL: '{{backend.url}}',
        STORAGE_ORIGINS: '{{storage.url}}',
        REDIS_URL: '{{vault.url}}',
        APP_ORIGIN: '{{origin}}',
        SESSION_SECRET: '{{secret:48}}',
      },
      ready: { get: '/login' },
      instances: 2,
    },
    routes: {
      login: {
        POST: '/api/auth/login',
        json: { email: '{{user.email}}', password: '{{user.password}}' },
      },
      logout: { POST: '/api/auth/logout' },
      me: { GET: '/api/auth/me' },
      list: {
        GET: '/api/posts',
        query: { page: 1 },
        items: '$.items',
        filter: { q: '{{term}}' },
        pageSize: 20,
      },
      create: { POST: '/api/posts', json: { title: '{{nonce}}' } },
      preview: { GET: '/api/preview/{{id}}', range: true },
    },
    pages: ['/login'],
  },
}

/** Ways to start, of which a file may name another than its preset does. */
const WAYS = ['command', 'module', 'urls']

/** A target file with what its preset adds; without a preset as it is. An unknown preset is left for the schema to refuse. */
export function withPreset(input: unknown): unknown {
  if (!isRecord(input)) return input
  const name = PRESETS.find((each) => each === input['preset'])
  if (name === undefined) return input
  const base = presets[name]
  const start = recordOf(input['start'])
  const baseStart = recordOf(base['start'])
  const ownWay = WAYS.some((way) => way in start)
  return {
    ...base,
    ...input,
    start: {
      ...(ownWay ? without(baseStart, ['build', ...WAYS]) : baseStart),
      ...start,
      env: { ...recordOf(baseStart['env']), ...recordOf(start['env']) },
    },
    routes: present({ ...recordOf(base['routes']), ...recordOf(input['routes']) }),
  }
}

const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {})

const without = (record: Record<string, unknown>, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)))

/** `create: null` takes a route of the preset away. */
const present = (routes: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(routes).filter(([, route]) => route !== null))
