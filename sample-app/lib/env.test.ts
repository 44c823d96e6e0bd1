import { expect, test } from 'vitest'
import { parseEnv } from '@/lib/env'

const good = {
  NODE_ENV: 'production',
  REDIS_URL: 'redis://localhost',
  SESSION_SECRET: 'x'.repeat(32),
}

test('a production start without vault and secret is refused, naming both', () => {
  expect(() => parseEnv({ NODE_ENV: 'production' })).toThrow(
    'The sample app cannot start:\n- REDIS_URL is missing: give redis://host:port, or embedded: for a vault inside this one process.\n- SESSION_SECRET is missing. `openssl rand -hex 32` makes one.',
  )
})

test('a short secret is refused', () => {
  expect(() => parseEnv({ ...good, SESSION_SECRET: 'short' })).toThrow(
    'SESSION_SECRET must have at least 32 characters',
  )
})

test('development has defaults, and URLs are normalised', () => {
  expect(
    parseEnv({
      APP_ORIGIN: 'https://app.test/',
      CLIENT_BASE_URL: 'http://conduit:3000/',
      STORAGE_ORIGINS: 'https://a.test, https://b.test',
    }),
  ).toEqual({
    clientBaseUrl: 'http://conduit:3000',
    redisUrl: 'embedded:',
    sessionSecret: 'development-secret-that-protects-nothing',
    appOrigin: 'https://app.test',
    storageOrigins: ['https://a.test', 'https://b.test'],
  })
})
