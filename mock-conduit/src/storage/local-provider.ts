import type { World } from '../world/world.ts'
import { makeDirectories, readObject, removeObject, writeObject } from './local-disk.ts'
import { publicLocalUrl, signLocalUrl } from './local-urls.ts'
import type { Place, Provider } from './provider.ts'
import { storageBase } from './storage-base.ts'

/** Conduit's `local` provider. While storage is switched off its file server is down, and it makes no URLs. Source: providers/local/index.ts. */
export function localProvider(world: World): Provider {
  return {
    createFolder(container, folder) {
      makeDirectories(world, `${container}/${folder}`)
    },
    store(place, blob, options) {
      writeObject(world, place, { blob, ...options })
    },
    read: (place) => readObject(world, place),
    remove(place) {
      removeObject(world, place)
    },
    readUrl(place, { download, fileName }) {
      requireServer(world)
      return signLocalUrl(world, { method: 'GET', path: pathOf(place), download, fileName })
    },
    uploadUrl(place) {
      requireServer(world)
      return signLocalUrl(world, { method: 'PUT', path: pathOf(place) })
    },
    publicUrl(place) {
      requireServer(world)
      return publicLocalUrl(world, pathOf(place))
    },
    isOwnUrl: (url) => url.startsWith(`${storageBase(world)}/`) && /[?&]sig=/.test(url),
  }
}

function pathOf({ container, fileName }: Place): string {
  return `${container}/${fileName}`
}

function requireServer(world: World): void {
  if (!world.config.storage.active) throw new Error('Local storage server is not running')
}
