import { defineCheck } from '../../check.ts'
import { decodedBody, statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'

export const preview28 = defineCheck({
  id: 'PREVIEW-28',
  title: 'A preview is read with its own method only',
  level: 'MUST',
  profiles: ['preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-03'],
  requirement: ['ASVS5-4.1.4'],
  source: [],
  mutants: ['any-method-preview'],
  usualCauses: ['the route is registered for all methods'],
  async run(ctx) {
    const session = await ctx.signedIn()
    const own = await session.call('preview')
    ctx.witness('the preview works with its own method', isSuccess(own))
    const declared = ctx.target.routes.preview?.method
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'].filter((each) => each !== declared)) {
      await ctx.drain()
      const since = await ctx.mark()
      const answer = await session.call('preview', { edit: (call) => ({ ...call, method }) })
      await ctx.drain()
      const view = await ctx.journal(since)
      ctx.expect(
        `${method}: storage and getFileUrl calls`,
        [],
        [...view.storage(), ...view.api()]
          .filter(({ side, path }) => side === 'storage' || path.includes('/storage/getFileUrl/'))
          .map(({ operation }) => operation),
      )
      ctx.expect(
        `${method}: bytes of the file in the answer`,
        false,
        (decodedBody(answer) ?? answer.rawBody).includes(session.user.file.bytes),
      )
      // Where the address is also that of another route, such as one that deletes, its own calls show.
      ctx.require(`${method}: the answer`, answer.status >= 300 || view.api().length > 0, {
        expected: '405 or 404',
        got: statusText(answer),
      })
    }
  },
})
