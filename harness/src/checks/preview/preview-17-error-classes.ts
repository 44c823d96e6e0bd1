import type { FaultEffect } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { decodedBody, statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { STORAGE_GET } from '../../instruments/journal-view.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'
import { previewOf } from '../shared/preview-of.ts'

const FILE_URL = 'GET /storage/getFileUrl/*'
const MISSING = [404, 410]
const ELSEWHERE = [502, 503, 504]
const BYTES = Buffer.from('what the file holds')

interface Case {
  about: string
  operation: string
  effect: FaultEffect
  /** How often it goes wrong; for good when absent. */
  times?: number
  statuses: readonly number[]
  /** A preview that works all the same is right too. */
  mayWork?: boolean
}

const CASES: readonly Case[] = [
  {
    about: 'a file that the backend does not know',
    operation: FILE_URL,
    effect: { status: 500, message: 'File does not exist' },
    statuses: MISSING,
  },
  {
    about: 'a file that storage does not have',
    operation: STORAGE_GET,
    effect: { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' },
    statuses: [...MISSING, ...ELSEWHERE],
  },
  {
    about: 'a URL that had run out',
    operation: STORAGE_GET,
    effect: { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' },
    times: 1,
    statuses: ELSEWHERE,
    mayWork: true,
  },
  {
    about: 'URLs that storage always refuses',
    operation: STORAGE_GET,
    effect: { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' },
    statuses: ELSEWHERE,
  },
  {
    about: 'storage that fails',
    operation: STORAGE_GET,
    effect: { status: 500, body: '<Error><Code>InternalError</Code></Error>' },
    statuses: ELSEWHERE,
  },
  {
    about: 'storage that breaks the connection',
    operation: STORAGE_GET,
    effect: { socket: 'reset' },
    statuses: ELSEWHERE,
  },
  {
    about: 'a backend that breaks the connection',
    operation: FILE_URL,
    effect: { socket: 'reset' },
    statuses: ELSEWHERE,
  },
]

export const preview17 = defineCheck({
  id: 'PREVIEW-17',
  title: 'The status of a failed preview tells what failed',
  level: 'SHOULD',
  profiles: ['hardening', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-16'],
  requirement: ['RFC9110 §15'],
  source: ['getFileUrl says 500 "File does not exist" for an unknown id'],
  mutants: ['all-errors-500', 'storage-refusal-as-403', 'resolves-again-and-again'],
  usualCauses: [
    'every error of a preview ends in the general error handler',
    "the status of the storage host's answer is used for the BFF's own",
    "Conduit's 500 for a file that does not exist is taken for a failure of its own",
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    for (const each of CASES) await judge(ctx, session, each)
    const later = await previewOf(ctx, session, { name: 'afterwards.txt', bytes: BYTES })
    ctx.aftermath.require('a preview afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

async function judge(
  ctx: CheckContext,
  session: Session,
  { about, operation, effect, times, statuses, mayWork }: Case,
): Promise<void> {
  const fault = await ctx.fault({ operation, times: times ?? null, effect })
  const since = await ctx.mark()
  const answer = await previewOf(ctx, session, { name: 'broken.txt', bytes: BYTES })
  ctx.witness(about, (await fault.hits()) > 0)
  await fault.remove()
  await ctx.drain()
  const resolved = (await ctx.journal(since))
    .api()
    .filter((entry) => entry.path.includes('/storage/getFileUrl/'))
  ctx.require(`times that the URL was asked for: ${about}`, resolved.length <= 2, {
    expected: 'at most 2',
    got: String(resolved.length),
  })
  const isRight =
    answer.failure === undefined &&
    (statuses.includes(answer.status) || (mayWork === true && isWhole(answer)))
  ctx.require(`the answer to ${about}`, isRight, {
    expected: `${statuses.join(', ')}${mayWork ? ', or the file' : ''}`,
    got: statusText(answer),
  })
}

const isWhole = (answer: Exchange) =>
  isSuccess(answer) && (decodedBody(answer)?.equals(BYTES) ?? false)
