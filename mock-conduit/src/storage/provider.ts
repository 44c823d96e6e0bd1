import type { World } from '../world/world.ts'
import type { Blob } from './blob.ts'
import { localProvider } from './local-provider.ts'
import { s3Provider } from './s3-provider.ts'

/** Where an object is: its container and the name within it. */
export interface Place {
  container: string
  fileName: string
}

/** What a handler says of the bytes it stores. */
export interface StoreOptions {
  isPublic: boolean
  contentType?: string | undefined
  contentEncoding?: string | undefined
}

/** The storage behind the module; each dialect throws its own errors. */
export interface Provider {
  createFolder(container: string, folder: string): void
  store(place: Place, blob: Blob, options: StoreOptions): void
  read(place: Place): Blob
  remove(place: Place): void
  /** A URL to read for an hour. */
  readUrl(place: Place, options: { download: boolean; fileName: string }): string
  /** A URL to PUT to for an hour. */
  uploadUrl(place: Place): string
  /** The URL of a public file. */
  publicUrl(place: Place): string
  /** Whether a public URL is one of this world's and dialect's. */
  isOwnUrl(url: string): boolean
}

/** The byte store in the world's dialect. */
export function providerOf(world: World): Provider {
  return world.options.storage.dialect === 's3' ? s3Provider(world) : localProvider(world)
}
