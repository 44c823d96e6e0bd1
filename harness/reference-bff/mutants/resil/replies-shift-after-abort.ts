import { AsyncLocalStorage } from 'node:async_hooks'
import { unavailable } from '../../failure.ts'
import type { Parts } from '../../services.ts'
import type { Entry } from '../../vault.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { PipelinedStore } from '../pipelined-store.ts'

const ABOUT = 'vault'

export const repliesShiftAfterAbort = defineMutant({
  name: 'replies-shift-after-abort',
  defect:
    'Sessions are read over one pipelined connection; the wait of a caller who leaves is taken out of the queue, and his reply goes to the next.',
  kills: { 'RESIL-10': /^calls upstream in another user's name/ },
  apply: (parts) => {
    const caller = new AsyncLocalStorage<AbortSignal>()
    const pipelined: Parts = {
      ...parts,
      // As in most vaults an entry opens wherever it is found.
      seal: (services) => {
        const seal = parts.seal(services)
        return {
          close: (text) => seal.close(text, ABOUT),
          open: (sealed) => seal.open(sealed, ABOUT),
        }
      },
      vault: (services) => {
        const store = new PipelinedStore(services.settings.redisUrl)
        return {
          ...parts.vault(services),
          async read(key) {
            const fields = await store
              .hgetall(`vault:${key}`, caller.getStore())
              .catch((cause: unknown) => {
                throw unavailable(503, 'vault_unavailable', cause)
              })
            const text = services.seal.open(fields['sealed'] ?? '', ABOUT)
            if (text === undefined) return undefined
            const content = JSON.parse(text) as Omit<Entry, 'generation'>
            return { generation: Number(fields['generation']), ...content }
          },
        }
      },
    }
    return (['list', 'create'] as const).reduce(
      (each, route) =>
        wrappedRoute(
          each,
          route,
          (handler) => (c) => caller.run(c.req.raw.signal, () => handler(c)),
        ),
      pipelined,
    )
  },
})
