import { createHash } from 'node:crypto'
import { defineCheck } from '../../check.ts'
import { decodedBody, statusText } from '../../instruments/http-exchange.ts'
import { STORAGE_GET } from '../../instruments/journal-view.ts'
import { steady, until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'
import { randomContent } from '../shared/content.ts'

interface Wanted {
  session: Session
  bytes: Buffer
  file: { id: string; name: string }
  documentId: string | undefined
}

const FILES_PER_USER = 10
const TIMES = 2
const SIZE = 100_000
const FIRST_PART = 65_536

export const preview22 = defineCheck({
  id: 'PREVIEW-22',
  title: 'Many previews at once stay apart, and their downloads end',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['VAULT-05', 'PREVIEW-01'],
  requirement: ['core'],
  source: [],
  mutants: ['shared-response-buffer', 'newest-file-for-all'],
  usualCauses: [
    'a buffer or a stream is kept in a variable of the module',
    'calls that run at the same time are taken for the same call',
  ],
  async run(ctx) {
    const users = [await ctx.signedIn(), await ctx.signedIn()]
    const wanted: Wanted[] = []
    for (const [owner, session] of users.entries())
      for (let index = 0; index < FILES_PER_USER; index += 1) {
        const bytes = randomContent(SIZE + index * 1000, ctx.seed + owner * 100 + index)
        const added = await ctx.backend.addFile(session.user, `many-${index}.bin`, bytes)
        wanted.push({ session, bytes, ...added })
      }
    const gate = await ctx.gate({ operation: STORAGE_GET, at: 'body', afterBytes: FIRST_PART })
    const since = await ctx.mark()
    const open = await Promise.all(
      Array.from({ length: TIMES }, () => wanted)
        .flat()
        .map(async ({ session, bytes, file, documentId }, index) => ({
          bytes,
          name: file.name,
          exchange: await session.open('preview', {
            instance: index,
            values: { id: documentId ?? file.id, 'file.id': file.id, 'file.name': file.name },
          }),
        })),
    )
    await until(10_000, async () => (await gate.now()) > 0, 25)
    await steady(() => gate.now(), { forMs: 500, maxMs: 10_000 })
    const together = await gate.now()
    await gate.release()
    if (together === 1) ctx.skip('the target downloads one file at a time')
    ctx.witness(`${together} downloads wait at the same time`, together > 1)
    for (const { exchange, bytes, name } of open) {
      const answer = await exchange.done
      ctx.require(`preview of ${name}`, isSuccess(answer), {
        expected: '2xx',
        got: statusText(answer),
      })
      ctx.expect(
        'bytes and SHA-256 of each of the previews',
        digest(bytes),
        digest(decodedBody(answer) ?? answer.rawBody),
      )
    }
    const stillOpen = async () =>
      (await ctx.journal(since)).storage().filter(({ close }) => close === 'open').length
    await until(3000, async () => (await stillOpen()) === 0, 25)
    ctx.aftermath.expect('downloads that are still open', 0, await stillOpen())
  },
})

const digest = (bytes: Buffer) =>
  `${bytes.length} bytes ${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`
