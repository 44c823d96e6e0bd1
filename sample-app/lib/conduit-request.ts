import { z } from 'zod'
import { type ConduitCall, type ConduitTransport, createTransport } from '@/lib/conduit-client'
import { env } from '@/lib/env'
import { AppError, type AppErrorCode } from '@/lib/models/app-error'
import type { VaultEntry } from '@/lib/models/tokens'
import { connectRedis } from '@/lib/redis'
import { createRenewSession, type RenewSession } from '@/lib/renew-session'
import { createSealer } from '@/lib/seal'
import { createTokenVault, type TokenVault } from '@/lib/token-vault'

export interface ConduitParts {
  vault: TokenVault
  transport: ConduitTransport
  renew: RenewSession
}

let parts: ConduitParts | undefined

/** This process' vault and client, made on first use. Single flight is the vault's business: pages and routes each have a copy of this module. */
export function conduit(): ConduitParts {
  if (parts) return parts
  const { redisUrl, sessionSecret, clientBaseUrl } = env()
  const vault = createTokenVault(connectRedis(redisUrl), createSealer(sessionSecret))
  const transport = createTransport(clientBaseUrl)
  parts = { vault, transport, renew: createRenewSession(vault, transport) }
  return parts
}

/**
 * Calls Conduit as the session's user. An access token that is refused is renewed once (by one caller of all), and the call
 * repeated once with the current one. Throws AppError, never the backend's own words.
 */
export async function conduitRequest(
  vaultKey: string,
  call: ConduitCall,
  { vault, transport, renew }: ConduitParts = conduit(),
): Promise<unknown> {
  const entry = await vaultAnswers(vault.read(vaultKey))
  if (!entry)
    throw new AppError('NOT_AUTHENTICATED', 'Your session has ended; log in again.', {
      endsSession: true,
    })
  const first = await transport(call, entry.accessToken)
  if (first.status !== 401) return dataOf(first)
  const current = await vaultAnswers(renew(vaultKey, entry))
  const second = await transport(call, current.accessToken)
  return dataOf(second)
}

/** A vault that is away is our trouble, not the end of the session. */
async function vaultAnswers(work: Promise<VaultEntry>): Promise<VaultEntry>
async function vaultAnswers(work: Promise<VaultEntry | undefined>): Promise<VaultEntry | undefined>
async function vaultAnswers(
  work: Promise<VaultEntry | undefined>,
): Promise<VaultEntry | undefined> {
  try {
    return await work
  } catch (error) {
    throw error instanceof AppError
      ? error
      : new AppError('UNAVAILABLE', 'Sessions cannot be read right now; try again in a moment.')
  }
}

const refusals: Record<number, [AppErrorCode, string]> = {
  400: ['BAD_REQUEST', 'The backend did not accept this.'],
  401: ['NOT_AUTHENTICATED', 'You are not allowed to do this right now; log in again.'],
  403: ['FORBIDDEN', 'You may not do this.'],
  404: ['NOT_FOUND', 'There is nothing here.'],
  409: ['CONFLICT', 'Somebody else was faster.'],
  413: ['TOO_LARGE', 'This is too large.'],
  422: ['BAD_REQUEST', 'The backend did not accept this.'],
  429: ['RATE_LIMITED', 'Too many requests; try again in a moment.'],
}

/** Conduit's storage wraps "not there" and "not yours" in a 500; its words tell them from a failure of its own. */
const missing = z.object({
  message: z
    .string()
    .regex(/^(?:File does not exist|File access is not public|You do not have access to file)/),
})

function dataOf({ status, data }: { status: number; data: unknown }): unknown {
  if (status === 200) {
    if (data === undefined)
      throw new AppError('BAD_GATEWAY', 'The backend gave an answer that cannot be read.')
    return data
  }
  if (status === 500 && missing.safeParse(data).success)
    throw new AppError('NOT_FOUND', 'There is nothing here.')
  const [code, message] = refusals[status] ?? [
    'BAD_GATEWAY',
    'The backend cannot do this right now.',
  ]
  throw new AppError(code, message)
}
