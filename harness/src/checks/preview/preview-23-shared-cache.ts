import { defineCheck } from '../../check.ts'
import { decodedBody, headersNamed, statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { behindSharedCache } from '../shared/behind-cache.ts'

export const preview23 = defineCheck({
  id: 'PREVIEW-23',
  title: 'Behind a shared cache a preview is for its own user only',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-15'],
  requirement: ['RFC9111', 'ASVS5-14.3.2'],
  source: ['Conduit file.ts: getFileUrl answers 500 "You do not have access to file"'],
  mutants: ['public-max-age-preview'],
  usualCauses: [
    'previews are marked public or immutable because files never change',
    "the storage host's Cache-Control is passed on",
  ],
  async run(ctx) {
    if (ctx.target.routes.preview?.method !== 'GET')
      ctx.skip('the preview is not read with GET, so no cache keeps it')
    const owner = await ctx.signedIn()
    const other = await ctx.signedIn()
    const { user } = owner
    const values = {
      id: user.documentId ?? user.file.id,
      'file.id': user.file.id,
      'file.name': user.file.name,
    }
    await behindSharedCache(ctx, async (through) => {
      const own = await through(owner).call('preview', { values })
      ctx.witness(`the owner's preview came through the cache (${statusText(own)})`, isSuccess(own))
      const fault = await ctx.fault({
        operation: '* /storage/*',
        user: other.user.id,
        times: null,
        effect: { status: 500, message: 'You do not have access to file' },
      })
      for (const [who, session] of [
        ['another user', other],
        ['a stranger', await ctx.visitor()],
      ] as const) {
        const answer = await through(session).call('preview', { values })
        ctx.expect(
          `bytes of the file in the answer to ${who}`,
          false,
          (decodedBody(answer) ?? answer.rawBody).includes(user.file.bytes),
        )
        ctx.require(`the answer to ${who}`, answer.status >= 300, {
          expected: 'a refusal',
          got: statusText(answer),
        })
      }
      await fault.remove()
      const control = headersNamed(own.headers, 'cache-control').join(', ').toLowerCase()
      ctx.require('Cache-Control of a preview', /\b(private|no-store)\b/.test(control), {
        expected: 'private or no-store',
        got: control || 'none',
      })
    })
  },
})
