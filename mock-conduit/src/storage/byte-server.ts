import type { WireRequest, WireResponse } from '../wire/message.ts'
import type { World } from '../world/world.ts'
import { serveLocal } from './local-server.ts'
import { serveS3 } from './s3-server.ts'

/** Answers a request to a world's byte server in the world's dialect. `request.path` is within the world: signatures do not cover its prefix. */
export function serveBytes(
  world: World,
  request: WireRequest,
  onBody: (bytes: Buffer) => void,
): Promise<WireResponse> {
  return world.options.storage.dialect === 's3'
    ? serveS3(world, request, onBody)
    : serveLocal(world, request, onBody)
}
