import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { textOf } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'

export const leak12 = defineCheck({
  id: 'LEAK-12',
  title: 'URLs of storage in File documents do not reach the browser',
  level: 'MUST',
  profiles: ['core', 'preview', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['T-70'],
  source: ['Conduit File documents carry url and sourceUrl; populate puts them into lists'],
  mutants: ['returns-file-document'],
  usualCauses: ['documents are returned as the backend gave them, with a populated File inside'],
  async run(ctx) {
    const session = await ctx.signedIn()
    await ctx.backend.publishFile(session.user)
    await ctx.backend.control.clearCache()
    const since = await ctx.mark()
    const answer = await session.call('list')
    const upstream = (await ctx.journal(since, session.user))
      .data()
      .map((entry) => entry.responseBody.text ?? '')
    const host = new URL(ctx.backend.storageUrl).host
    const urls = upstream.flatMap((text) =>
      [...text.matchAll(/"(?:url|sourceUrl)":"(https?:[^"]+)"/g)].map((match) => match[1] ?? ''),
    )
    if (urls.length === 0)
      ctx.skip('the list shows no File documents: its upstream calls answer none')
    for (const url of urls)
      ctx.registry.add({ kind: 'presigned', owner: session.user.email, generation: 0, value: url })
    ctx.witness(`${urls.length} storage URLs in the upstream answer`, isSuccess(answer))
    ctx.expect(
      'presigned URLs in the list',
      [],
      (await ctx.leaksIn(answer, ['presigned'])).map(describeLeak),
    )
    ctx.expect('the storage host in the list', false, textOf(answer).includes(host))
  },
})
