import { createHash, timingSafeEqual } from 'node:crypto'
import { readByBcrypt } from '../world/bcrypt.ts'
import type { PartKey, StatePart } from '../world/part.ts'
import type { World } from '../world/world.ts'

interface Hashed {
  readonly salt: Buffer
  readonly digest: Buffer
}

/** Salted password hashes by user id, kept apart from the rows so that no answer can hold one. */
class Passwords implements StatePart {
  #hashes: Map<string, Hashed>
  #shared = false

  constructor(hashes = new Map<string, Hashed>()) {
    this.#hashes = hashes
  }

  get(userId: string): Hashed | undefined {
    return this.#hashes.get(userId)
  }

  set(userId: string, hash: Hashed): void {
    this.#own().set(userId, hash)
  }

  delete(userId: string): void {
    if (this.#hashes.has(userId)) this.#own().delete(userId)
  }

  fork(): Passwords {
    const copy = new Passwords(this.#hashes)
    copy.#shared = true
    this.#shared = true
    return copy
  }

  #own(): Map<string, Hashed> {
    if (this.#shared) {
      this.#hashes = new Map(this.#hashes)
      this.#shared = false
    }
    return this.#hashes
  }
}

const PASSWORDS: PartKey<Passwords> = {
  name: 'passwords',
  create: () => new Passwords(),
  is: (part) => part instanceof Passwords,
}

function digest(password: string, salt: Buffer): Buffer {
  return createHash('sha256').update(salt).update(readByBcrypt(password)).digest()
}

/** Sets a user's password; any string will do, also the empty one. */
export function setPassword(world: World, userId: string, password: string): void {
  const salt = world.ids.bytes(16)
  world.part(PASSWORDS).set(userId, { salt, digest: digest(password, salt) })
}

export function hasPassword(world: World, userId: string): boolean {
  return world.part(PASSWORDS).get(userId) !== undefined
}

/** Refuses to hash a list that came by the query, in the words of Conduit's library. Source: bcrypt 6, bcrypt.js. */
export function requireText(password: unknown): asserts password is string {
  if (typeof password !== 'string')
    throw new Error(
      'data must be a string or Buffer and salt must either be a salt string or a number of rounds',
    )
}

/** False also when the user has none. */
export function checkPassword(world: World, userId: string, password: unknown): boolean {
  const hash = world.part(PASSWORDS).get(userId)
  if (typeof password !== 'string') throw new Error('data and hash must be strings')
  return hash !== undefined && timingSafeEqual(digest(password, hash.salt), hash.digest)
}

export function dropPassword(world: World, userId: string): void {
  world.part(PASSWORDS).delete(userId)
}
