import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { isAccepted, statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { SetupProblem } from '../../verdict/outcome-errors.ts'
import { UPLOAD_KINDS, type UploadKind } from '../shared/upload-kinds.ts'
import { uploaded } from '../shared/uploaded.ts'

const SMALL = 2000
/** Some send only large files past themselves. */
const LARGE = 5 * 1024 * 1024

export const leak13 = defineCheck({
  id: 'LEAK-13',
  title: 'Uploads go through the BFF: no URL to put bytes to reaches the browser',
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list', 'upload'] },
  dependsOn: [],
  requirement: ['policy.presignedPut'],
  source: ['Conduit POST /storage/upload answers { file, url }; the URL takes a PUT for an hour'],
  mutants: ['returns-upload-url', 'large-uploads-go-direct', 'pictures-go-direct'],
  usualCauses: [
    'the answer of /storage/upload is returned as it is',
    'large files, or pictures, are left to the browser to send',
  ],
  async run(ctx) {
    if (ctx.target.policy.presignedPut === 'allowed')
      ctx.skip('policy.presignedPut is allowed: the browser may send bytes to storage itself')
    const session = await ctx.signedIn()
    const taken: UploadKind[] = []
    for (const kind of UPLOAD_KINDS)
      if (await judged(ctx, session, { kind, size: SMALL })) taken.push(kind)
      else ctx.note(`${kind.about} is refused`)
    const [kind] = taken
    if (!kind) throw new SetupProblem('a small upload of every kind was refused.')
    if (!(await judged(ctx, session, { kind, size: LARGE })))
      ctx.note(`${kind.about} of ${LARGE} bytes is refused`)
  },
})

/** False when the upload was refused. */
async function judged(
  ctx: CheckContext,
  session: Session,
  { kind, size }: { kind: UploadKind; size: number },
): Promise<boolean> {
  const since = await ctx.mark()
  const { answer } = await uploaded(ctx, session, kind, kind.content(size, ctx.seed))
  const what = `${kind.about} of ${size} bytes`
  const { entries } = await ctx.journal(since)
  const urls = entries.flatMap(uploadUrlsIn)
  for (const value of urls)
    ctx.registry.add({ kind: 'presigned', owner: session.user.email, generation: 0, value })
  ctx.expect(
    `presigned URLs in the answer to ${what}`,
    [],
    (await ctx.leaksIn(answer, ['presigned'])).map(describeLeak),
  )
  if (!isAccepted(answer)) return false
  if (!entries.some(({ path, method }) => method !== 'GET' && path.startsWith('/storage/')))
    ctx.skip('an upload does not go to the storage of the backend')
  ctx.witness(
    `an upload of ${what} (${statusText(answer)}), for which the backend gave ${urls.length} URLs`,
    true,
  )
  // Nobody but the BFF can have been at the storage host.
  if (urls.length > 0)
    ctx.expect(
      `${what} is put to storage by the BFF`,
      true,
      entries.some(({ side, method }) => side === 'storage' && method === 'PUT'),
    )
  return true
}

function uploadUrlsIn({ operation, responseBody }: JournalEntry): string[] {
  if (!operation.includes(' /storage/upload')) return []
  return [...(responseBody.text ?? '').matchAll(/"url":"(https?:[^"]+)"/g)].map(
    (match) => match[1] ?? '',
  )
}
