import { sqlText } from '../database/sql-text.ts'
import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { requireLength, writtenFields } from './user-model.ts'

/** The user with this e-mail or user name, compared as stored (e-mails are kept lower-case); the first when several share it. */
export function findUserBy(
  world: World,
  field: 'email' | 'username',
  value: string,
): Row | undefined {
  return world.store.table('User').findBy(field, sqlText(value))
}

/** The user with this id, or else with this e-mail or user name. */
export function findUser(world: World, idOrEmail: string): Row | undefined {
  return (
    world.store.table('User').get(idOrEmail) ??
    findUserBy(world, 'email', idOrEmail.toLowerCase()) ??
    findUserBy(world, 'username', idOrEmail)
  )
}

/** Changes fields of a user and its `updatedAt`. Undefined when there is no such user. */
export function patchUser(
  world: World,
  id: string,
  patch: Readonly<Record<string, unknown>>,
): Row | undefined {
  const table = world.store.table('User')
  const row = table.get(id)
  if (!row) return undefined
  const written = writtenFields(patch)
  if (typeof written['email'] === 'string') requireLength(written['email'])
  table.replace({
    ...row,
    ...written,
    _id: id,
    updatedAt: new Date(world.clock.now()).toISOString(),
  })
  return table.get(id)
}
