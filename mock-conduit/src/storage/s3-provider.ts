import type { World } from '../world/world.ts'
import { disposition } from './disposition.ts'
import { objectPath } from './object-path.ts'
import type { Place, Provider } from './provider.ts'
import { bucketOf, presign } from './s3-urls.ts'
import { storageBase } from './storage-base.ts'
import { STORAGE } from './storage-state.ts'

/** The SDK sends this with every PutObject of bytes; Conduit names no type. */
const DEFAULT_TYPE = 'application/octet-stream'

/** Conduit's `aws` provider against a store with path-style URLs (MinIO and the like); not recorded. Source: providers/aws/index.ts. */
export function s3Provider(world: World): Provider {
  const objectAt = ({ container, fileName }: Place) => objectPath(container, fileName)
  return {
    createFolder() {
      // buckets and keys need no folders
    },
    store(place, blob, { isPublic, contentType = DEFAULT_TYPE, contentEncoding }) {
      const modifiedAt = world.clock.now()
      const object = { blob, isPublic, contentType, contentEncoding, modifiedAt }
      world.part(STORAGE).put(objectAt(place), object)
    },
    read(place) {
      const object = world.part(STORAGE).object(objectAt(place))
      if (object) return object.blob
      throw new Error('The specified key does not exist.')
    },
    remove(place) {
      world.part(STORAGE).delete(objectAt(place))
    },
    readUrl(place, options) {
      const header = disposition(place.fileName, options)
      return presign(world, { method: 'GET', place, ...(header ? { disposition: header } : {}) })
    },
    uploadUrl: (place) => presign(world, { method: 'PUT', place }),
    publicUrl: ({ container, fileName }) =>
      `${storageBase(world)}/${bucketOf(world, container)}/${fileName}`,
    isOwnUrl: (url) =>
      url.startsWith(`${storageBase(world)}/${bucketOf(world, '')}`) && !/[?&]sig=/.test(url),
  }
}
