import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext } from '../wire/route.ts'
import { checkAccess } from './access.ts'
import { readWhole } from './blob.ts'
import { deleteFileRow, type FileRow, findFile } from './file-row.ts'
import { fileNameOf } from './object-path.ts'
import { asInternal } from './peer-error.ts'
import { type Place, providerOf } from './provider.ts'
import { throughCdn } from './public-urls.ts'

/** The file a route's id names, or 404. */
export function requestedFile({ world, urlParams }: RouteContext): FileRow {
  const file = findFile(world, String(urlParams['id']))
  if (!file) throw new ConduitError('NOT_FOUND', 'File does not exist')
  return file
}

/** Where a file's bytes are. */
export function placeOf(file: Pick<FileRow, 'container' | 'folder' | 'name'>): Place {
  return { container: file.container, fileName: fileNameOf(file) }
}

/** `GET /storage/file/:id`. Source: ST/handlers/file.ts:106-116. */
export function getFile(context: RouteContext): FileRow {
  const file = requestedFile(context)
  if (!file.isPublic) checkAccess(context, 'read', file)
  return file
}

/** `GET /storage/getFileUrl/:id`: every refusal is 500. Source: ST/handlers/file.ts:266-298. */
export function getFileUrl(context: RouteContext): Promise<unknown> {
  return asInternal(() => {
    const file = requestedFile(context)
    const url = file.isPublic ? file.url : signedUrl(context, file)
    return context.queryParams['redirect'] ? { redirect: url } : { result: url }
  })
}

function signedUrl(context: RouteContext, file: FileRow): string {
  checkAccess(context, 'read', file)
  const url = providerOf(context.world).readUrl(placeOf(file), {
    download: context.queryParams['download'] === true,
    fileName: file.alias ?? file.name,
  })
  return throughCdn(context.world, url, file.container)
}

/** `GET /storage/file/data/:id`: all bytes in base64, of public files too only for those who may read them. Source: ST/handlers/file.ts:300-328. */
export function getFileData(context: RouteContext): Promise<{ data: string }> {
  return asInternal(async () => {
    const file = requestedFile(context)
    checkAccess(context, 'read', file)
    const blob = providerOf(context.world).read(placeOf(file))
    refuseTooLarge(blob.size)
    return { data: (await readWhole(blob)).toString('base64') }
  })
}

/** What one gRPC message between module and router may hold. Source: MT/helpers/GrpcHelper.ts:13. */
const MESSAGE_BYTES = 100 * 1024 * 1024
/** The call's own prefix, not counted against the limit but shown. */
const PREFIX_BYTES = 5

/** The answer crosses to the router as one message; grpc-js refuses a larger one (server-interceptors.js:686-694). */
function refuseTooLarge(size: number): void {
  const json = '{"data":""}'.length + 4 * Math.ceil(size / 3)
  const field = 1 + Math.ceil(json.toString(2).length / 7)
  if (field + json > MESSAGE_BYTES)
    throw new Error(
      `Sent message larger than max (${PREFIX_BYTES + field + json} vs. ${MESSAGE_BYTES})`,
    )
}

/** `DELETE /storage/file/:id`: the object, then the record; relations stay. Source: ST/handlers/file.ts:238-264. */
export function deleteFile(context: RouteContext): Promise<{ success: boolean }> {
  return asInternal(() => {
    const file = requestedFile(context)
    checkAccess(context, 'delete', file)
    providerOf(context.world).remove(placeOf(file))
    deleteFileRow(context.world, file)
    return { success: true }
  })
}
