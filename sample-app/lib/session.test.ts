import { expect, test } from 'vitest'
import { openSession } from '@/lib/session'

/** A browser that holds this cookie, and takes what it is given. */
function browser(value?: string) {
  let held = value
  return {
    get: (name: string) => (held === undefined ? undefined : { name, value: held }),
    set: (_name: unknown, given?: unknown) => {
      held = String(given)
    },
    held: () => held ?? '',
  }
}

async function sealed(): Promise<string> {
  const store = browser()
  const session = await openSession(store)
  session.userId = 'u1'
  session.vaultKey = 'k1'
  await session.save()
  return store.held()
}

test('a session that was saved is read again', async () => {
  const session = await openSession(browser(await sealed()))
  expect({ ...session }).toEqual({ userId: 'u1', vaultKey: 'k1' })
})

test.each<[string, (seal: string) => string]>([
  ['another prefix', (seal) => seal.replace('Fe26.2*', 'Fe26.1*')],
  ['another signature', (seal) => seal.replace(/.~2$/, '!~2')],
  ['an expiry that is no number', (seal) => seal.replace(/\*\d+\*/, '*soon*')],
  ['a part too few', (seal) => seal.slice(0, seal.lastIndexOf('*'))],
  ['nothing of a seal', () => 'garbage'],
  ['no text', () => ''],
])('a seal with %s is nobody’s session, and not an error', async (_name, spoil) => {
  const session = await openSession(browser(spoil(await sealed())))
  expect({ ...session }).toEqual({})
})
