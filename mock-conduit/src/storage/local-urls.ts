import { createHmac, timingSafeEqual } from 'node:crypto'
import type { World } from '../world/world.ts'
import { signingKey, storageBase } from './storage-base.ts'
import { STORAGE } from './storage-state.ts'

const HOUR_MS = 3_600_000
/** Public files get a signed URL, too. Source: providers/local/index.ts:65. */
const PUBLIC_MS = HOUR_MS * 24 * 365 * 99

export interface LocalUrl {
  method: 'GET' | 'PUT'
  /** Container, folder and name; goes into the URL as it is, never percent-encoded. */
  path: string
  download?: boolean
  fileName?: string
}

/** A URL that opens for an hour. Source: providers/local/index.ts:282-296. */
export function signLocalUrl(world: World, url: LocalUrl): string {
  return sign(world, url, HOUR_MS)
}

/** The URL of a public file: open for 99 years. */
export function publicLocalUrl(world: World, path: string): string {
  return sign(world, { method: 'GET', path }, PUBLIC_MS)
}

function sign(world: World, url: LocalUrl, lifeMs: number): string {
  const { method, path, download = false, fileName = '' } = url
  const params = new URLSearchParams()
  if (download) params.set('download', 'true')
  if (fileName) params.set('fileName', fileName)
  const expires = String(world.part(STORAGE).signingMoment(world.clock.now()) + lifeMs)
  const signature = mac(world, { method, path, expires, params }).toString('hex')
  params.set('expires', expires)
  params.set('sig', signature)
  return `${storageBase(world)}/${path}?${params.toString()}`
}

interface Signed {
  method: string
  path: string
  expires: string
  params: URLSearchParams
}

/** Over `METHOD:path:expires:extra`, extra being `download` and `fileName` alone; other parameters are free. */
function mac(world: World, { method, path, expires, params }: Signed): Buffer {
  const extra = new URLSearchParams()
  for (const name of ['download', 'fileName']) {
    const value = params.get(name)
    if (value !== null) extra.set(name, value)
  }
  return createHmac('sha256', signingKey(world))
    .update(`${method}:${path}:${expires}:${extra.toString()}`)
    .digest()
}

/** Whether a request's signature holds and has not expired by the world's clock. */
export function isSignedLocally(world: World, request: Signed & { signature: string }): boolean {
  const expires = Number(request.expires)
  if (Number.isNaN(expires) || world.clock.now() > expires) return false
  const expected = mac(world, request)
  const given = Buffer.from(request.signature, 'hex')
  return given.length === expected.length && timingSafeEqual(expected, given)
}
