import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Puts a server on a free port of loopback in front of a BFF; stopping it stops both. */
export async function servedBefore(
  server: Server,
  behind: { stop(): Promise<void> },
): Promise<{ url: string; stop(): Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await behind.stop()
    },
  }
}
