import type { Row } from '../wire/route.ts'
import type { PartKey, StatePart } from '../world/part.ts'
import type { World } from '../world/world.ts'

/** Finds user ids by e-mail and user name. It only ever suggests: a row is believed, not the index, because other modules may empty the table. */
class UserIndex implements StatePart {
  #ids: Map<string, readonly string[]>
  #known: Set<string>
  #shared = false

  constructor(ids = new Map<string, readonly string[]>(), known = new Set<string>()) {
    this.#ids = ids
    this.#known = known
  }

  get size(): number {
    return this.#known.size
  }

  add(key: string, id: string): void {
    this.#own()
    const ids = this.#ids.get(key) ?? []
    if (!ids.includes(id)) this.#ids.set(key, [...ids, id])
    this.#known.add(id)
  }

  remove(key: string, id: string): void {
    this.#own()
    const left = (this.#ids.get(key) ?? []).filter((each) => each !== id)
    if (left.length > 0) this.#ids.set(key, left)
    else this.#ids.delete(key)
  }

  forget(id: string): void {
    this.#own()
    this.#known.delete(id)
  }

  get(key: string): readonly string[] {
    return this.#ids.get(key) ?? []
  }

  fork(): UserIndex {
    const copy = new UserIndex(this.#ids, this.#known)
    copy.#shared = true
    this.#shared = true
    return copy
  }

  #own(): void {
    if (!this.#shared) return
    this.#ids = new Map(this.#ids)
    this.#known = new Set(this.#known)
    this.#shared = false
  }
}

const INDEX: PartKey<UserIndex> = {
  name: 'user-index',
  create: () => new UserIndex(),
  is: (part) => part instanceof UserIndex,
}

type Identifier = 'email' | 'username'

const keyOf = (field: Identifier, value: string) => `${field}\n${value}`

/** The user with this e-mail or user name, compared as stored (e-mails are kept lower-case); the first when several share it. */
export function findUserBy(world: World, field: Identifier, value: string): Row | undefined {
  const table = world.store.table('User')
  const index = world.part(INDEX)
  for (const id of index.get(keyOf(field, value))) {
    const row = table.get(id)
    if (row?.[field] === value) return row
  }
  return index.size < table.size ? table.findBy(field, value) : undefined
}

/** The user with this id, or else with this e-mail or user name. */
export function findUser(world: World, idOrEmail: string): Row | undefined {
  return (
    world.store.table('User').get(idOrEmail) ??
    findUserBy(world, 'email', idOrEmail.toLowerCase()) ??
    findUserBy(world, 'username', idOrEmail)
  )
}

const fields = ['email', 'username'] as const

/** Writes a user's row: a new one, or one in place of the row with its id. */
export function putUser(world: World, row: Row): Row {
  const table = world.store.table('User')
  const index = world.part(INDEX)
  const before = table.get(row._id)
  for (const field of fields) {
    const [old, now] = [before?.[field], row[field]]
    if (typeof old === 'string' && old !== now) index.remove(keyOf(field, old), row._id)
    if (typeof now === 'string') index.add(keyOf(field, now), row._id)
  }
  if (before) table.replace(row)
  else table.insert(row)
  return row
}

/** Changes fields of a user and its `updatedAt`. Undefined when there is no such user. */
export function patchUser(
  world: World,
  id: string,
  patch: Readonly<Record<string, unknown>>,
): Row | undefined {
  const row = world.store.table('User').get(id)
  return (
    row &&
    putUser(world, {
      ...row,
      ...patch,
      _id: id,
      updatedAt: new Date(world.clock.now()).toISOString(),
    })
  )
}

export function removeUser(world: World, id: string): void {
  const row = world.store.table('User').get(id)
  if (!row) return
  const index = world.part(INDEX)
  for (const field of fields)
    if (typeof row[field] === 'string') index.remove(keyOf(field, row[field]), id)
  index.forget(id)
  world.store.table('User').delete(id)
}
