import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import {
  decodedBody,
  headerOf,
  statusText,
  type Exchange,
} from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { isSignedOut, isSuccess } from '../shared/answers.ts'

const RESOLVE = '* /storage/*'

export const preview15 = defineCheck({
  id: 'PREVIEW-15',
  title: 'Nobody previews a file that the backend does not grant them',
  level: 'MUST',
  profiles: ['core', 'preview', 'conduit'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['VAULT-13', 'PREVIEW-03'],
  requirement: ['ASVS5-8', 'RESTler NameSpaceRule'],
  source: ['Conduit file.ts: getFileUrl answers 500 "You do not have access to file"'],
  mutants: ['service-token-for-files', 'bytes-kept-by-session'],
  usualCauses: [
    'files are fetched with a service token',
    'resolved URLs or bytes are cached for all users',
    'bytes are kept for the session that read them once, whatever becomes of its rights',
    'a 304 is answered without asking the backend',
  ],
  async run(ctx) {
    const owner = await ctx.signedIn()
    const own = await owner.call('preview')
    ctx.setup(isSuccess(own), `the owner's preview answered ${statusText(own)}.`)
    const values = {
      id: owner.user.documentId ?? owner.user.file.id,
      'file.id': owner.user.file.id,
      'file.name': owner.user.file.name,
    }
    const etag = headerOf(own.headers, 'etag') ?? '"x"'
    const secret = owner.user.file.bytes
    await ctx.drain()
    const asStranger = await ctx.mark()
    const anonymous = await (
      await ctx.visitor()
    ).call('preview', { values, headers: [['If-None-Match', etag]] })
    ctx.require('preview without a session', isSignedOut(anonymous), {
      expected: '401 or 403',
      got: statusText(anonymous),
    })
    ctx.expect(
      'upstream and storage calls without a session',
      [],
      (await ctx.journal(asStranger)).entries.map((entry) => entry.operation),
    )
    for (const status of [500, 403]) {
      const other = await ctx.signedIn()
      const fault = await ctx.fault({
        operation: RESOLVE,
        user: other.user.id,
        times: null,
        effect: { status, message: 'You do not have access to file' },
      })
      const since = await ctx.mark()
      for (const headers of [[], [['If-None-Match', etag]]] as [string, string][][])
        expectRefused(ctx, await other.call('preview', { values, headers }), { status, secret })
      await ctx.drain()
      const view = await ctx.journal(since)
      ctx.witness(
        `the other user's preview was asked for (the backend says ${status})`,
        (await fault.hits()) > 0 || view.entries.length > 0,
      )
      ctx.expect(
        'storage calls for a file that was refused',
        [],
        view.storage().map((entry) => entry.operation),
      )
      await fault.remove()
    }
    await expectWithdrawn(ctx, owner)
  },
})

/** A file that the user saw before, and may see no more. */
async function expectWithdrawn(ctx: CheckContext, owner: Session): Promise<void> {
  const fault = await ctx.fault({
    operation: RESOLVE,
    user: owner.user.id,
    times: null,
    effect: { status: 500, message: 'You do not have access to file' },
  })
  const since = await ctx.mark()
  const again = await owner.call('preview')
  await fault.remove()
  await ctx.drain()
  // A presigned URL that was not over yet may have been used again: the storage host judged it.
  const wasJudged = (await ctx.journal(since)).storage().length > 0
  ctx.require(
    'a preview that worked before, when the backend has withdrawn the file',
    again.status >= 400 || wasJudged,
    { expected: '4xx or 5xx, or a request to the storage host', got: statusText(again) },
  )
}

function expectRefused(
  ctx: CheckContext,
  answer: Exchange,
  { status, secret }: { status: number; secret: Buffer },
): void {
  ctx.require(`another user's preview when the backend says ${status}`, answer.status >= 400, {
    expected: '4xx or 5xx',
    got: statusText(answer),
  })
  ctx.expect(
    'bytes of the file in the answer',
    false,
    (decodedBody(answer) ?? answer.rawBody).includes(secret),
  )
}
