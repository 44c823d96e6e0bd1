import { posix } from 'node:path'
import type { World } from '../world/world.ts'
import type { Blob } from './blob.ts'
import { diskPath, diskPathOf, isAbove } from './disk-path.ts'
import type { Place, StoreOptions } from './provider.ts'
import { STORAGE } from './storage-state.ts'

/** The longest name that ext4 takes, in bytes. */
const NAME_BYTES = 255

/**
 * Writes an object, and the folders above it, where nothing is in the way; throws what node's fs throws, since the
 * backend shows it to clients. No disk is touched. Source: providers/local/index.ts:372-391.
 */
export function writeObject(
  world: World,
  place: Place,
  { blob, isPublic, contentType, contentEncoding }: StoreOptions & { blob: Blob },
): void {
  const path = diskPath(place)
  makeDirectories(world, posix.dirname(path))
  if (isTooLong(posix.basename(path)))
    throw diskError(world, { code: 'ENAMETOOLONG', call: 'open', path })
  if (isFolder(world, path)) throw diskError(world, { code: 'EISDIR', call: 'open', path })
  const modifiedAt = world.clock.now()
  world.part(STORAGE).put(path, { blob, isPublic, contentType, contentEncoding, modifiedAt })
}

/** Throws the backend's texts for a folder and for what is not there. */
export function readObject(world: World, place: Place): Blob {
  const path = diskPath(place)
  const object = world.part(STORAGE).object(path)
  if (object) return object.blob
  if (isFolder(world, path)) throw new Error('EISDIR: illegal operation on a directory, read')
  throw new Error('File does not exist')
}

/** Throws node's text for unlink when there is no such object, or a folder. */
export function removeObject(world: World, place: Place): void {
  const path = diskPath(place)
  if (world.part(STORAGE).delete(path)) return
  const code = isFolder(world, path) ? 'EISDIR' : 'ENOENT'
  throw diskError(world, { code, call: 'unlink', path })
}

/** Whether there is a folder: made, of a container that an operator made, or above the provider's own. */
export function isFolder(world: World, path: string): boolean {
  if (isAbove(path) || world.part(STORAGE).hasFolder(path)) return true
  return world.definition.containers.some(({ name }) => name === path)
}

/** `mkdir -p`. */
export function makeDirectories(world: World, path: string): void {
  const storage = world.part(STORAGE)
  const wanted = diskPathOf(path)
  if (isFolder(world, wanted)) return
  const made: string[] = []
  let folder = '.'
  for (const name of wanted.split('/')) {
    folder = posix.join(folder, name)
    if (name === '..') continue
    if (isTooLong(name))
      throw diskError(world, { code: 'ENAMETOOLONG', call: 'mkdir', path: wanted })
    if (storage.object(folder))
      throw diskError(world, {
        code: folder === wanted ? 'EEXIST' : 'ENOTDIR',
        call: 'mkdir',
        path: wanted,
      })
    made.push(folder)
  }
  for (const each of made) storage.addFolder(each)
}

function isTooLong(name: string): boolean {
  return Buffer.byteLength(name) > NAME_BYTES
}

const texts = {
  ENAMETOOLONG: 'name too long',
  EISDIR: 'illegal operation on a directory',
  ENOENT: 'no such file or directory',
  EEXIST: 'file already exists',
  ENOTDIR: 'not a directory',
}

function diskError(
  world: World,
  { code, call, path }: { code: keyof typeof texts; call: string; path: string },
): Error {
  const root = world.config.storage.local.storagePath
  return new Error(`${code}: ${texts[code]}, ${call} '${posix.resolve(root, path)}'`)
}
