import type { PartKey, StatePart } from '../world/part.ts'
import type { Blob } from './blob.ts'

/** An object as the byte server keeps it. */
export interface StoredObject {
  blob: Blob
  isPublic: boolean
  /** As an uploader gave it; only the S3 dialect shows it. */
  contentType: string | undefined
  contentEncoding: string | undefined
  /** Milliseconds of the world's clock. */
  modifiedAt: number
}

interface Contents {
  objects: Map<string, StoredObject>
  folders: Set<string>
  /** Containers made on the fly; those of the definition are not here. */
  containers: Map<string, { isPublic: boolean }>
}

/** What storage keeps beside the `File` rows. Objects and folders are named by their path (`object-path.ts`). */
export class StorageState implements StatePart {
  #contents: Contents
  #shared = false
  #secret: Buffer | undefined
  #lastSigned = -Infinity
  /** Storage was active once: its routes stay registered when it is switched off. */
  wasActive = false

  constructor(
    contents: Contents = { objects: new Map(), folders: new Set(), containers: new Map() },
  ) {
    this.#contents = contents
  }

  object(path: string): StoredObject | undefined {
    return this.#contents.objects.get(path)
  }

  put(path: string, object: StoredObject): void {
    this.#own().objects.set(path, object)
  }

  delete(path: string): boolean {
    return this.#contents.objects.has(path) && this.#own().objects.delete(path)
  }

  hasFolder(path: string): boolean {
    return this.#contents.folders.has(path)
  }

  addFolder(path: string): void {
    if (!this.hasFolder(path)) this.#own().folders.add(path)
  }

  container(name: string): { isPublic: boolean } | undefined {
    return this.#contents.containers.get(name)
  }

  addContainer(name: string, isPublic: boolean): void {
    this.#own().containers.set(name, { isPublic })
  }

  /** The key of signed URLs, made on first use. */
  secret(make: () => Buffer): Buffer {
    return (this.#secret ??= make())
  }

  /** `now`, or the next millisecond that no URL was signed in: at the backend two calls never share one, so no two URLs are the same, even while a test's clock stands still. */
  signingMoment(now: number): number {
    this.#lastSigned = Math.max(now, this.#lastSigned + 1)
    return this.#lastSigned
  }

  /** A copy that shares all contents until either side writes. */
  fork(): StorageState {
    const copy = new StorageState(this.#contents)
    copy.#shared = true
    this.#shared = true
    copy.#secret = this.#secret
    copy.#lastSigned = this.#lastSigned
    copy.wasActive = this.wasActive
    return copy
  }

  #own(): Contents {
    if (this.#shared) {
      const { objects, folders, containers } = this.#contents
      this.#contents = {
        objects: new Map(objects),
        folders: new Set(folders),
        containers: new Map(containers),
      }
      this.#shared = false
    }
    return this.#contents
  }
}

export const STORAGE: PartKey<StorageState> = {
  name: 'storage',
  create: () => new StorageState(),
  is: (part) => part instanceof StorageState,
}
