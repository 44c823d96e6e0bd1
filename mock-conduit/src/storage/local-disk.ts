import { posix } from 'node:path'
import type { World } from '../world/world.ts'
import type { Blob } from './blob.ts'
import { objectPath } from './object-path.ts'
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
  { container, fileName }: Place,
  { blob, isPublic, contentType, contentEncoding }: StoreOptions & { blob: Blob },
): void {
  const path = objectPath(container, fileName)
  makeDirectories(world, posix.dirname(path))
  if (isTooLong(posix.basename(path)))
    throw diskError(world, { code: 'ENAMETOOLONG', call: 'open', path })
  const storage = world.part(STORAGE)
  if (storage.hasFolder(path)) throw diskError(world, { code: 'EISDIR', call: 'open', path })
  const modifiedAt = world.clock.now()
  storage.put(path, { blob, isPublic, contentType, contentEncoding, modifiedAt })
}

/** Throws the backend's texts for a folder and for what is not there. */
export function readObject(world: World, { container, fileName }: Place): Blob {
  const path = objectPath(container, fileName)
  const storage = world.part(STORAGE)
  const object = storage.object(path)
  if (object) return object.blob
  if (storage.hasFolder(path)) throw new Error('EISDIR: illegal operation on a directory, read')
  throw new Error('File does not exist')
}

/** Throws node's text for unlink when there is no such object. */
export function removeObject(world: World, { container, fileName }: Place): void {
  const path = objectPath(container, fileName)
  if (world.part(STORAGE).delete(path)) return
  throw diskError(world, { code: 'ENOENT', call: 'unlink', path })
}

/** `mkdir -p`. */
export function makeDirectories(world: World, path: string): void {
  const storage = world.part(STORAGE)
  const wanted = posix.normalize(path).replace(/\/$/, '')
  if (wanted === '.' || storage.hasFolder(wanted)) return
  const above: string[] = []
  for (const name of wanted.split('/')) {
    const folder = above.length === 0 ? name : `${above.at(-1) ?? ''}/${name}`
    if (isTooLong(name))
      throw diskError(world, { code: 'ENAMETOOLONG', call: 'mkdir', path: wanted })
    if (storage.object(folder))
      throw diskError(world, {
        code: folder === wanted ? 'EEXIST' : 'ENOTDIR',
        call: 'mkdir',
        path: wanted,
      })
    above.push(folder)
  }
  for (const folder of above) storage.addFolder(folder)
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
