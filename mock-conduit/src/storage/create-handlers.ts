import type { RouteContext } from '../wire/route.ts'
import { checkScope, giveOwner } from './access.ts'
import { type Blob, heldBlob } from './blob.ts'
import { checkPrivacy, ensureContainer, ensureFolders } from './containers.ts'
import { freeName, normalFolder } from './file-name.ts'
import { type FileRow, insertFile } from './file-row.ts'
import { asInternal } from './peer-error.ts'
import { providerOf } from './provider.ts'
import { urlsOf } from './public-urls.ts'
import { placeOf } from './read-handlers.ts'
import { type FileParams, fileParams } from './file-params.ts'

/** What an object holds until its bytes are put. Source: ST/utils/index.ts:137. */
export const PENDING = heldBlob(Buffer.from('PENDING UPLOAD'))

/** `POST /storage/file`: base64 is decoded leniently. Source: ST/handlers/file.ts:118-148. */
export function createFile(context: RouteContext): Promise<FileRow> {
  const params = fileParams(context)
  const blob = heldBlob(Buffer.from(params.data ?? '', 'base64'))
  return create(context, { params, blob, size: blob.size })
}

/** `POST /storage/upload`: a placeholder, and a URL to put the bytes to; the size stays as declared. Source: ST/handlers/file.ts:150-180. */
export async function createUpload(context: RouteContext): Promise<{ file: FileRow; url: string }> {
  const params = fileParams(context)
  const file = await create(context, { params, blob: PENDING, size: params.size ?? 0 })
  return { file, url: providerOf(context.world).uploadUrl(placeOf(file)) }
}

interface NewContent {
  params: FileParams
  blob: Blob
  size: number
}

async function create(context: RouteContext, { params, blob, size }: NewContent): Promise<FileRow> {
  const { world } = context
  const { alias, mimeType, isPublic } = params
  checkScope(context)
  const provider = providerOf(world)
  const folder = normalFolder(params.folder)
  const container = params.container ?? world.config.storage.defaultContainer
  if (params.container !== undefined)
    ensureContainer(world, provider, { name: container, isPublic })
  ensureFolders(provider, container, folder)
  const name = freeName(world, params.name, { container, folder })
  return asInternal(() => {
    checkPrivacy(world, container, isPublic)
    const place = { name, folder, container, isPublic: isPublic ?? false }
    provider.store(placeOf(place), blob, { isPublic: place.isPublic })
    const { url = null, sourceUrl = null } = urlsOf(world, place)
    const about = { alias: alias ?? null, mimeType: mimeType ?? null, url, sourceUrl }
    const file = insertFile(world, { ...place, ...about, size })
    giveOwner(context, file)
    return file
  })
}
