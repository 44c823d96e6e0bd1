import type { Seed, SeedResult } from '../control/types.ts'
import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { setPassword } from './passwords.ts'
import { findUserBy, patchUser } from './user-directory.ts'
import { createUser } from './user-model.ts'

type SeedUser = NonNullable<Seed['users']>[number]

/** Creates users, or changes those whose id or e-mail is there already. E-mails are lower-cased; without a password there is no password login. */
export function seedUsers(world: World, users: readonly SeedUser[]): SeedResult['users'] {
  return users.map((user) => {
    const row = seedUser(world, {
      ...user,
      ...(user.email === undefined ? {} : { email: user.email.toLowerCase() }),
    })
    if (user.password !== undefined) setPassword(world, row._id, user.password)
    const { email } = row
    return { _id: row._id, email: typeof email === 'string' ? email : null }
  })
}

function seedUser(world: World, user: SeedUser): Row {
  const { password: _password, ...fields } = user
  const there = user._id === undefined ? undefined : world.store.table('User').get(user._id)
  const known =
    there ?? (user.email === undefined ? undefined : findUserBy(world, 'email', user.email))
  const patched = known && patchUser(world, known._id, { ...fields, _id: known._id })
  return patched ?? createUser(world, fields)
}
