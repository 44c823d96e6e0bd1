import { optionalUser, requireUser } from '../auth/middleware.ts'
import { authServes } from '../auth/serving.ts'
import type { FieldMap } from '../wire/params.ts'
import type { RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { createFile, createUpload } from './create-handlers.ts'
import { refreshPublicUrls } from './public-urls.ts'
import { deleteFile, getFile, getFileData, getFileUrl } from './read-handlers.ts'
import { STORAGE } from './storage-state.ts'
import { updateFile, updateUpload } from './update-handlers.ts'

const id: FieldMap = { id: { type: 'String', required: true } }
const scope: FieldMap = { scope: { type: 'String', required: false } }
const urlFlags: FieldMap = { redirect: { type: 'Boolean' }, download: { type: 'Boolean' } }
const none: FieldMap = {}
const scopedFlags: FieldMap = { ...urlFlags, ...scope }

const text = 'String'
const data = { type: 'String', required: true }

/** Each in the backend's own order, in which development mode tells the issues. Source: ST/routes/index.ts:71-199. */
const created: FieldMap = {
  name: text,
  alias: text,
  mimeType: text,
  data,
  folder: text,
  container: text,
  isPublic: 'Boolean',
}
const uploaded: FieldMap = {
  name: text,
  alias: text,
  mimeType: text,
  folder: text,
  size: 'Number',
  container: text,
  isPublic: 'Boolean',
}
const place: FieldMap = { name: text, alias: text, folder: text, container: text }
const updated: FieldMap = { ...place, data, mimeType: text }
const reuploaded: FieldMap = { ...place, mimeType: text, size: 'Number' }

/** Source: ST/constants/routeRateLimits.ts:3-6. */
const writes = { max: 60, windowMs: 3_600_000 }

/** Routes of the storage module for a world as it stands; none before storage is active for the first time. Source: ST/routes/index.ts. */
export function storageRoutes(world: World): RouteDef[] {
  const storage = world.part(STORAGE)
  if (world.config.storage.active || wasSeededActive(world)) storage.wasActive = true
  if (!storage.wasActive) return []
  refreshPublicUrls(world)
  const scoped = world.config.storage.authorization.enabled
  const query = scoped ? scope : none
  const open: RouteDef[] = [
    {
      method: 'GET',
      path: '/storage/file/:id',
      url: id,
      query,
      middlewares: [optionalUser],
      handler: getFile,
    },
    {
      method: 'GET',
      path: '/storage/getFileUrl/:id',
      url: id,
      query: scoped ? scopedFlags : urlFlags,
      middlewares: [optionalUser],
      handler: getFileUrl,
    },
  ]
  return authServes(world.config.authentication) ? [...open, ...userRoutes(query)] : open
}

/** Routes that stand only while the auth module serves. */
function userRoutes(query: FieldMap): RouteDef[] {
  const middlewares = [requireUser]
  const write = { query, middlewares, rateLimit: writes }
  return [
    { method: 'POST', path: '/storage/file', body: created, ...write, handler: createFile },
    { method: 'POST', path: '/storage/upload', body: uploaded, ...write, handler: createUpload },
    {
      method: 'PATCH',
      path: '/storage/upload/:id',
      url: id,
      body: reuploaded,
      ...write,
      handler: updateUpload,
    },
    {
      method: 'GET',
      path: '/storage/file/data/:id',
      url: id,
      query,
      middlewares,
      handler: getFileData,
    },
    {
      method: 'DELETE',
      path: '/storage/file/:id',
      url: id,
      query,
      middlewares,
      handler: deleteFile,
    },
    {
      method: 'PATCH',
      path: '/storage/file/:id',
      url: id,
      body: updated,
      ...write,
      handler: updateFile,
    },
  ]
}

/** Whether the world began with storage switched on, however it is configured now. */
function wasSeededActive({ definition }: World): boolean {
  const { storage } = definition.config
  return (
    typeof storage === 'object' &&
    storage !== null &&
    'active' in storage &&
    storage.active === true
  )
}
