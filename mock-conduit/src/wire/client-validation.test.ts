import { expect, test } from 'vitest'
import { setup } from '../auth/test-backend.ts'

const long = 'a'.repeat(71) + 'b' + 'c'.repeat(56)

test.each([
  ['the secret', long, long, 404],
  ['what bcrypt reads of the secret', long, long.slice(0, 72), 404],
  ['another end after 72 bytes', long, `${long}, ${long}`, 404],
  ['another 72nd byte', long, long.replace('b', 'x'), 401],
  ['a byte too few', long, long.slice(0, 71), 401],
  ['a short secret and more', 'short', 'shorter', 401],
  ['nothing', long, undefined, 401],
])('a client that sends %s', async (_what, secret, sent, status) => {
  const { call, world } = setup()
  world.definition.clients.push({ platform: 'IOS', id: 'ios', secret })
  world.setConfig({ router: { security: { clientValidation: true } } })
  const headers = { clientid: 'ios', ...(sent === undefined ? {} : { clientsecret: sent }) }
  expect((await call('GET /nowhere', { headers })).status).toBe(status)
})
