import type { SeedFile, SeedResult } from '../control/types.ts'
import type { World } from '../world/world.ts'
import { writeOwner } from './access.ts'
import { type Blob, heldBlob, randomBlob } from './blob.ts'
import { ensureContainer, ensureFolders } from './containers.ts'
import { normalFolder } from './file-name.ts'
import { deleteFileRow, filesIn, insertFile, storedFile } from './file-row.ts'
import { providerOf } from './provider.ts'
import { urlsOf } from './public-urls.ts'
import { placeOf } from './read-handlers.ts'

/**
 * Puts files and their bytes into the world's storage; one whose id is there already is replaced. Unknown containers are
 * made. The owner relation is written while storage authorization is on, as Conduit does. Throws when the place belongs to another file, when the owner is nobody, and when bytes are given twice.
 */
export function seedFiles(world: World, files: readonly SeedFile[]): SeedResult['files'] {
  return files.map((file) => {
    const { _id } = seedFile(world, file)
    return { _id, name: file.name }
  })
}

function seedFile(world: World, file: SeedFile): { _id: string } {
  const provider = providerOf(world)
  const { name, isPublic = false, mimeType } = file
  const container = file.container ?? world.config.storage.defaultContainer
  const folder = normalFolder(file.folder)
  const owner = file.owner === undefined ? undefined : subjectOf(world, file.owner)
  const old = file._id === undefined ? undefined : storedFile(world, file._id)
  if (old) deleteFileRow(world, old)
  for (const taken of filesIn(world, { container, folder }))
    if (taken.name === name)
      throw new Error(
        `Seed: there is a file "${name}" in ${container}${folder === '/' ? '/' : `/${folder}`} already.`,
      )
  if (file.container !== undefined)
    ensureContainer(world, provider, { name: container, isPublic, byOperator: true })
  ensureFolders(provider, container, folder)
  const blob = blobOf(file)
  const place = { name, folder, container, isPublic }
  provider.store(placeOf(place), blob, { isPublic, contentType: mimeType })
  const { url = null, sourceUrl = null } = world.config.storage.active ? urlsOf(world, place) : {}
  const row = insertFile(world, {
    ...place,
    ...(file._id === undefined ? {} : { _id: file._id }),
    alias: file.alias ?? null,
    mimeType: mimeType ?? null,
    size: blob.size,
    url,
    sourceUrl,
  })
  if (owner !== undefined && world.config.storage.authorization.enabled)
    writeOwner(world, owner, row._id)
  return row
}

function blobOf({ name, base64, text, random }: SeedFile): Blob {
  if ([base64, text, random].filter((given) => given !== undefined).length > 1)
    throw new Error(`Seed: give the bytes of "${name}" once: base64, text or random.`)
  if (random) return randomBlob(random)
  return heldBlob(base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64'))
}

/** Who owns a seeded file: a user by e-mail or id, or any subject (`Team:<id>`). */
function subjectOf(world: World, owner: string): string {
  return owner.includes(':') ? owner : `User:${userId(world, owner)}`
}

function userId(world: World, owner: string): string {
  const users = world.store.table('User')
  const user = users.get(owner) ?? users.findBy('email', owner.toLowerCase())
  if (!user) throw new Error(`Seed: no user "${owner}" to own a file.`)
  return user._id
}
