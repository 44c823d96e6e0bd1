import { createHmac } from 'node:crypto'
import type { World } from '../world/world.ts'
import { STORAGE } from './storage-state.ts'

/** Base of the URLs that lead to the byte server, without trailing slash: `local.httpBaseUrl`, or where this world is reached. */
export function storageBase(world: World): string {
  return world.config.storage.local.httpBaseUrl.replace(/\/+$/, '') || world.urls.storage
}

/** The key that signs URLs: the configured secret, or one of the world's own, so that a fork's URLs open nothing in its origin. */
export function signingKey(world: World): Buffer {
  const configured = world.config.storage.local.signingSecret.trim()
  if (configured) return Buffer.from(configured, 'hex')
  const secret = world.part(STORAGE).secret(() => world.ids.bytes(32))
  return createHmac('sha256', secret).update(world.name).digest()
}
