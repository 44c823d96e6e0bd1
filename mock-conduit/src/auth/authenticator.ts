import type { World } from '../world/world.ts'

/** otpauth loads with the first code, to keep start-up short. */
const loadOtpauth = () => import('otpauth')

const SECRETS = 'TwoFactorSecret'

/** Makes a new authenticator secret for a user in place of any other; returns the address of its QR picture, as Conduit does. Source: libraries/node-2fa/src/index.ts:6-33. */
export async function enrol(world: World, user: { id: string; account: string }): Promise<string> {
  const { Secret } = await loadOtpauth()
  const secret = new Secret({ buffer: new Uint8Array(world.ids.bytes(20)).buffer }).base32
  const label = `Conduit${encodeURIComponent(`:${user.account}`)}`
  const uri = `otpauth://totp/${label}`
  const qr = `https://quickchart.io/chart?chs=166x166&chld=L|0&cht=qr&chl=${uri}%3Fsecret=${secret}%26issuer=Conduit`
  world.store.table(SECRETS).replace({
    _id: user.id,
    user: user.id,
    secret,
    uri: `${uri}?secret=${secret}&issuer=Conduit`,
    qr,
  })
  return qr
}

/** Whether a code is the one of this very 30-second step; undefined when the user has no secret. Characters other than letters and digits do not count. */
export async function checkCode(
  world: World,
  userId: string,
  code: string,
): Promise<boolean | undefined> {
  const secret = world.store.table(SECRETS).get(userId)?.['secret']
  if (typeof secret !== 'string') return undefined
  const { Secret, TOTP } = await loadOtpauth()
  const totp = new TOTP({
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: 30,
  })
  return (
    totp.validate({ token: code.replace(/\W+/g, ''), timestamp: world.clock.now(), window: 0 }) ===
    0
  )
}
