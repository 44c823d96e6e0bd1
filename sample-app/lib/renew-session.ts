import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { ConduitTransport } from '@/lib/conduit-client'
import { AppError } from '@/lib/models/app-error'
import type { TokenPair, VaultEntry } from '@/lib/models/tokens'
import type { TokenVault } from '@/lib/token-vault'

export interface RenewOptions {
  /** Life of the lock; prolonged while the renewal runs, so it only runs out when the process dies. */
  leaseMs: number
  /** How long a caller waits for a renewal before it is told to come again. */
  waitMs: number
  /** How long the renewal itself may take: giving up early would present the refresh token twice. */
  renewMs: number
  pollMs: number
}

export const defaultRenewOptions: RenewOptions = {
  leaseMs: 8_000,
  waitMs: 9_000,
  renewMs: 45_000,
  pollMs: 40,
}

const answerSchema = z.object({ accessToken: z.string().min(1), refreshToken: z.string().min(1) })

/** Gives the session's current pair, renewed if `stale` still is the current one. Throws AppError. */
export type RenewSession = (vaultKey: string, stale: VaultEntry) => Promise<VaultEntry>

/**
 * One renewal per generation and session, across all instances: whoever gets the vault's lock renews, the others wait for
 * the new generation. The renewal is nobody's request: a caller that leaves does not stop it. Source: Conduit deletes a
 * refresh token with its first use (modules/authentication/src/handlers/common.ts:28-72).
 */
export function createRenewSession(
  vault: TokenVault,
  transport: ConduitTransport,
  options: RenewOptions = defaultRenewOptions,
): RenewSession {
  return async (vaultKey, stale) => {
    const giveUpAt = performance.now() + options.waitMs
    for (;;) {
      const current = await vault.read(vaultKey)
      if (!current) throw ended()
      if (current.generation !== stale.generation) return current
      const owner = randomUUID()
      const left = giveUpAt - performance.now()
      if (left <= 0)
        throw new AppError('UNAVAILABLE', 'The session is being renewed; try again in a moment.')
      if (await vault.lock(vaultKey, owner, options.leaseMs))
        return within(left, holdingLock(vaultKey, owner, stale))
      await delay(options.pollMs)
    }
  }

  /**
   * Runs on after its caller has gone; ends by releasing the lock. What the caller saw before it had the lock may be old:
   * the holder before it may have renewed in between.
   */
  async function holdingLock(
    vaultKey: string,
    owner: string,
    stale: VaultEntry,
  ): Promise<VaultEntry> {
    const heartbeat = setInterval(
      () => void vault.extend(vaultKey, owner, options.leaseMs).catch(() => false),
      options.leaseMs / 3,
    )
    try {
      const entry = await vault.read(vaultKey)
      if (!entry) throw ended()
      return entry.generation === stale.generation ? await renew(vaultKey, entry) : entry
    } finally {
      clearInterval(heartbeat)
      await vault.unlock(vaultKey, owner).catch(() => undefined) // the lease ends it
    }
  }

  async function renew(vaultKey: string, entry: VaultEntry): Promise<VaultEntry> {
    const { status, data } = await transport(
      { method: 'POST', path: '/authentication/renew', body: {}, timeoutMs: options.renewMs },
      entry.refreshToken,
    )
    if (status === 400 || status === 401 || status === 403) {
      await vault.delete(vaultKey, entry.generation)
      throw ended()
    }
    if (status === 429)
      throw new AppError('UNAVAILABLE', 'The backend is busy; try again in a moment.')
    if (status !== 200)
      throw new AppError(
        'UNAVAILABLE',
        'The session cannot be renewed right now; try again in a moment.',
      )
    const answer = answerSchema.safeParse(data)
    if (!answer.success) throw new AppError('BAD_GATEWAY', 'The backend gave no usable tokens.')
    return save(vaultKey, entry.generation, answer.data)
  }

  /** A logout meanwhile wins: the pair that came too late is given back, not stored. */
  async function save(
    vaultKey: string,
    generation: number,
    tokens: TokenPair,
  ): Promise<VaultEntry> {
    if (await vault.replace(vaultKey, generation, tokens))
      return { ...tokens, generation: generation + 1 }
    await transport(
      { method: 'POST', path: '/authentication/logout', body: {} },
      tokens.accessToken,
    ).catch(() => undefined)
    throw ended()
  }
}

function ended(): AppError {
  return new AppError('NOT_AUTHENTICATED', 'Your session has ended; log in again.', {
    endsSession: true,
  })
}

/** The work goes on when the time is up; only this caller stops waiting. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const timer = new AbortController()
  work.catch(() => undefined) // reported to whoever still waits
  try {
    const late = delay(ms, undefined, { signal: timer.signal }).then(() => {
      throw new AppError('UNAVAILABLE', 'The session is being renewed; try again in a moment.')
    })
    late.catch(() => undefined)
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}
