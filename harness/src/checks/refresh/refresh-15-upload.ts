import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { isAccepted, statusText, type Exchange } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { SetupProblem } from '../../verdict/outcome-errors.ts'
import { isSuccess } from '../shared/answers.ts'
import { UPLOAD_KINDS, type UploadKind } from '../shared/upload-kinds.ts'
import { uploaded } from '../shared/uploaded.ts'

/** The largest that a target takes is sent, so that its body does not fit into the buffers on the way. */
const SIZES = [5 * 1024 * 1024, 512 * 1024, 16 * 1024]

export const refresh15 = defineCheck({
  id: 'REFRESH-15',
  title: 'An upload that meets an expired token arrives whole, or fails and leaves nothing',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'upload'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['T-52', 'T-53'],
  source: [],
  mutants: ['retry-empty-stream', 'retry-loses-first-block', 'failed-upload-leaves-file'],
  usualCauses: [
    'the body is a stream, and the first attempt has read it',
    'the retry waits for the end of a stream that has ended already',
    'the place in storage is made before it is known whether the bytes can be sent',
  ],
  async run(ctx) {
    const { size, kind } = await takenUpload(ctx, await ctx.signedIn())
    for (const mode of ctx.discovery.expiry) {
      const session = await ctx.expired(mode)
      const since = await ctx.mark()
      const about = `(${kind.about}, ${size} bytes, expiry by ${mode})`
      const { answer, whole, broken } = await uploaded(
        ctx,
        session,
        kind,
        kind.content(size, ctx.seed + mode.length),
      )
      const view = await ctx.journal(since, session.user)
      ctx.witness(
        `the upload met the expired token ${about}`,
        view.renews().length > 0 || view.data().some(({ status }) => status === 401),
      )
      ctx.require(`the answer to the upload ${about}`, hasAnswered(answer), {
        expected: 'a whole answer, or a refusal',
        got: statusText(answer),
      })
      if (isAccepted(answer)) {
        ctx.expect(`files that hold something else than was sent ${about}`, [], broken)
        ctx.expect(`files that hold what was sent ${about}`, 1, whole.length)
      } else ctx.expect(`files that a failed upload left ${about}`, [], [...whole, ...broken])
      const later = await session.call('list')
      ctx.aftermath.require(`the session after the upload ${about}`, isSuccess(later), {
        expected: '2xx',
        got: statusText(later),
      })
    }
  },
})

/** The kind that is taken, and its largest size that arrives with a valid token. */
async function takenUpload(
  ctx: CheckContext,
  session: Session,
): Promise<{ size: number; kind: UploadKind }> {
  let last = ''
  for (const kind of UPLOAD_KINDS)
    for (const size of SIZES) {
      const bytes = kind.content(size, ctx.seed)
      const { answer, whole, broken } = await uploaded(ctx, session, kind, bytes)
      last = statusText(answer)
      if (!isAccepted(answer)) continue
      if (whole.length !== 1 || broken.length > 0)
        ctx.skip('an upload does not become one file of the backend that holds what was sent')
      return { size, kind }
    }
  throw new SetupProblem(`an upload with a valid token answered ${last}.`)
}

/** Who refuses early need not read the rest of what is sent. */
const hasAnswered = (answer: Exchange) =>
  answer.failure === undefined || (answer.status >= 400 && answer.failure !== 'no answer in time')
