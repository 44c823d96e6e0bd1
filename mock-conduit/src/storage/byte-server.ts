import type { WireRequest, WireResponse } from '../wire/message.ts'
import type { World } from '../world/world.ts'

/** Conduit's local file server (port 3100). Source: providers/local/index.ts:116-296. */
export async function serveBytes(
  _world: World,
  _request: WireRequest,
  _onBody: (bytes: Buffer) => void,
): Promise<WireResponse> {
  return { status: 403, headers: [], body: Buffer.from('Forbidden') }
}
