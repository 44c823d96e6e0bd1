import fc from 'fast-check'
import { verdict } from './judge.ts'
import { controlRequest, storageRequest } from './other-sides.ts'
import { type FuzzRequest, shownRequest } from './request.ts'
import { requestTo } from './request-arbitrary.ts'
import { routesToAsk } from './routes-to-ask.ts'
import { type Target, targetInProcess, targetOnSocket } from './target.ts'

/** Longer than any answer may take; the slowest do work of milliseconds. */
const HANG_MS = 5_000
const RUNS_PER_BATCH = 100

export interface CampaignResult {
  requests: number
  /** Over a real socket, of these. */
  onSocket: number
  elapsedMs: number
  statuses: Map<number, number>
  /** The smallest failing run, and the command that repeats it. */
  failure?: string
}

export interface Campaign {
  requests: number
  seed: number
  now: () => number
}

/** Sends at least so many generated requests, most in process, a tenth over kept connections; stops at the first failure. */
export async function fuzz({ requests, seed, now }: Campaign): Promise<CampaignResult> {
  const from = now()
  const result: CampaignResult = { requests: 0, onSocket: 0, elapsedMs: 0, statuses: new Map() }
  const [inProcess, onSocket] = await Promise.all([targetInProcess(), targetOnSocket()])
  try {
    for (let batch = seed; result.requests < requests && !result.failure; batch += 1) {
      const details = await fc.check(property({ inProcess, onSocket }, result), {
        seed: batch,
        numRuns: RUNS_PER_BATCH,
      })
      if (!details.failed) continue
      const [run] = details.counterexample ?? []
      const error = details.errorInstance
      result.failure = [
        error instanceof Error ? error.message : String(error),
        ...(run?.requests ?? []).map(shownRequest),
        `repeat: npm run fuzz -- --requests 1 --seed ${batch}`,
      ].join('\n')
    }
  } finally {
    await Promise.all([inProcess.stop(), onSocket.stop()])
  }
  return { ...result, elapsedMs: now() - from }
}

interface Run {
  socket: boolean
  requests: FuzzRequest[]
}

function anyRequest(): fc.Arbitrary<FuzzRequest> {
  const { served, planned } = routesToAsk()
  return fc.oneof(
    { weight: 40, arbitrary: fc.oneof(...served.map(requestTo)) },
    { weight: 1, arbitrary: fc.oneof(...planned.map(requestTo)) },
    { weight: 2, arbitrary: storageRequest },
    { weight: 1, arbitrary: controlRequest },
  )
}

function property(
  targets: { inProcess: Target; onSocket: Target },
  result: CampaignResult,
): fc.IAsyncProperty<[Run]> {
  const run: fc.Arbitrary<Run> = fc.record({
    socket: fc.nat(9).map((nth) => nth === 9),
    requests: fc.array(anyRequest(), { minLength: 1, maxLength: 40, size: 'max' }),
  })
  return fc.asyncProperty(run, ({ socket, requests }) => {
    const target = socket ? targets.onSocket : targets.inProcess
    return target.inFork(async () => {
      for (const request of requests) {
        await judged(target, request, result)
        if (socket) result.onSocket += 1
      }
      await judged(target, ready, result)
    })
  })
}

const ready: FuzzRequest = {
  method: 'GET',
  path: '/ready',
  query: '',
  headers: [],
  body: undefined,
  side: 'api',
}

async function judged(target: Target, request: FuzzRequest, result: CampaignResult): Promise<void> {
  const answer = await bounded(target.send(request))
  result.requests += 1
  result.statuses.set(answer.status, (result.statuses.get(answer.status) ?? 0) + 1)
  const problem =
    request === ready && answer.status !== 200
      ? `GET /ready answers ${answer.status}`
      : verdict(request, answer)
  if (problem !== undefined) throw new Error(problem)
}

function bounded<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`no answer within ${HANG_MS} ms`))
    }, HANG_MS)
    answer.then(resolve, reject).finally(() => {
      clearTimeout(timer)
    })
  })
}
