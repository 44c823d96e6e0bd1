import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { decodedBody, statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'

/** Presigned URLs live for an hour. */
const LATER_MS = 2 * 3_600_000

export const preview18 = defineCheck({
  id: 'PREVIEW-18',
  title: 'A presigned URL that has run out is not used again',
  level: 'MUST',
  profiles: ['preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-01'],
  requirement: ['T-72'],
  source: ['getFileUrl signs for one hour; the storage host answers 403 afterwards'],
  mutants: ['url-cache-per-session', 'presigned-url-cache'],
  usualCauses: [
    'resolved URLs are kept by file id',
    'a cache in front of getFileUrl lives longer than what it holds',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    await preview(ctx, session, 'the first preview')
    const { control } = ctx.backend
    await control.advance(LATER_MS)
    try {
      await control.clearCache()
      await workingAgain(ctx, session)
      const since = await ctx.mark()
      await preview(ctx, session, 'a preview after the URL has run out')
      await ctx.drain()
      const resolved = (await ctx.journal(since)).api()
      ctx.require(
        'getFileUrl calls for it',
        resolved.some(({ path }) => path.includes('/storage/getFileUrl/')),
        { expected: 'at least one', got: 'none' },
      )
    } finally {
      await control.advance(-LATER_MS)
    }
  },
})

async function preview(ctx: CheckContext, session: Session, about: string): Promise<void> {
  const since = await ctx.mark()
  const answer = await session.call('preview')
  await ctx.drain()
  ctx.witness(`${about} went upstream`, (await ctx.journal(since)).entries.length > 0)
  ctx.require(about, isSuccess(answer), { expected: '2xx', got: statusText(answer) })
  ctx.expect(
    `bytes of ${about}`,
    true,
    decodedBody(answer)?.equals(session.user.file.bytes) ?? false,
  )
}

/** Two hours later the access token is over too; a target that goes by its own clock alone does not know and signs in anew. */
async function workingAgain(ctx: CheckContext, session: Session): Promise<void> {
  if (!isSuccess(await session.call('list'))) await ctx.signIn(session)
}
