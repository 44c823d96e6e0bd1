import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { checkAccess } from './access.ts'
import { type Blob, heldBlob } from './blob.ts'
import { ensureContainer, ensureFolders } from './containers.ts'
import { PENDING } from './create-handlers.ts'
import { normalFolder } from './file-name.ts'
import { type FileParams, fileParams } from './file-params.ts'
import { changeFile, type FileRow, filesIn } from './file-row.ts'
import { asInternal } from './peer-error.ts'
import { providerOf } from './provider.ts'
import { urlsOf } from './public-urls.ts'
import { placeOf, requestedFile } from './read-handlers.ts'

type Address = Pick<FileRow, 'name' | 'folder' | 'container'>

/** `PATCH /storage/file/:id`: new bytes, maybe a new place; `size` stays what it was. Source: ST/handlers/file.ts:210-236. */
export async function updateFile(context: RouteContext): Promise<FileRow> {
  const { world } = context
  const params = fileParams(context)
  const file = requestedFile(context)
  checkAccess(context, 'edit', file)
  const address = newAddress(world, file, params)
  return asInternal(() => {
    move(world, file, address, heldBlob(Buffer.from(params.data ?? '', 'base64')))
    const urls = urlsOf(world, { ...file, ...address })
    const { alias, mimeType } = params
    return changeFile(world, file, { ...address, ...urls, alias, mimeType })
  })
}

/** `PATCH /storage/upload/:id`: a file that moves loses its bytes to a placeholder. Source: ST/handlers/file.ts:182-208. */
export async function updateUpload(context: RouteContext): Promise<{ file: FileRow; url: string }> {
  const { world } = context
  const params = fileParams(context)
  const file = requestedFile(context)
  checkAccess(context, 'edit', file)
  const address = newAddress(world, file, params)
  return asInternal(() => {
    const { alias, mimeType, size } = params
    const stays = isSameAddress(file, address)
    if (!stays) move(world, file, address, PENDING)
    const urls = stays ? {} : urlsOf(world, { ...file, ...address })
    const updated = changeFile(world, file, { ...address, ...urls, alias, mimeType, size })
    return { file: updated, url: providerOf(world).uploadUrl(placeOf(updated)) }
  })
}

/** Where a file goes, after containers and folders are there and the name is known to be free. Source: ST/handlers/file.ts:388-420. */
function newAddress(world: World, file: FileRow, params: FileParams): Address {
  const provider = providerOf(world)
  const { name = file.name, container = file.container } = params
  if (container !== file.container) ensureContainer(world, provider, { name: container })
  const folder = params.folder === undefined ? file.folder : normalFolder(params.folder)
  if (folder !== file.folder) ensureFolders(provider, container, folder)
  const address = { name, folder, container }
  if (!isSameAddress(file, address) && isTaken(world, address))
    throw new ConduitError('ALREADY_EXISTS', 'File already exists')
  return address
}

function isTaken(world: World, address: Address): boolean {
  for (const { name } of filesIn(world, address)) if (name === address.name) return true
  return false
}

function isSameAddress(file: FileRow, { name, folder, container }: Address): boolean {
  return name === file.name && folder === file.folder && container === file.container
}

/** Stores at the new place, then removes from the old one. */
function move(world: World, file: FileRow, address: Address, blob: Blob): void {
  const provider = providerOf(world)
  provider.store(placeOf(address), blob, { isPublic: file.isPublic })
  if (!isSameAddress(file, address)) provider.remove(placeOf(file))
}
