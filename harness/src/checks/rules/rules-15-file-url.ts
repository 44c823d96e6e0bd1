import { defineCheck } from '../../check.ts'
import type { HeaderList } from '../../instruments/http-exchange.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { randomContent } from '../shared/content.ts'
import { openPreview } from '../shared/preview-of.ts'

const FILES = (seed: number): readonly { name: string; bytes: Buffer; headers: HeaderList }[] => [
  { name: 'short.txt', bytes: Buffer.from('short'), headers: [] },
  { name: 'picture.png', bytes: randomContent(20_000, seed), headers: [] },
  { name: 'document.pdf', bytes: randomContent(20_000, seed), headers: [] },
  { name: 'large.bin', bytes: randomContent(3_000_000, seed), headers: [] },
  { name: 'part.bin', bytes: randomContent(20_000, seed), headers: [['Range', 'bytes=0-99']] },
]

export const rules15 = defineCheck({
  id: 'RULES-15',
  title: "A preview takes the file's URL, never its data through the API",
  level: 'MUST',
  profiles: ['preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: [],
  requirement: ['project rule'],
  source: [
    'Conduit /storage/file/data/:id answers the whole file as base64 in JSON, which no client can stream',
  ],
  mutants: ['preview-by-file-data', 'ranges-by-file-data'],
  usualCauses: [
    'getFileData looks simpler than a URL that has to be fetched',
    'small files, or one kind of them, take a way of their own',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    for (const { name, bytes, headers } of FILES(ctx.seed)) {
      const since = await ctx.mark()
      const answer = await (await openPreview(ctx, session, { name, bytes }, { headers })).done
      await ctx.drain()
      const calls = (await ctx.journal(since))
        .api()
        .filter(({ path }) => path.includes('/storage/'))
      ctx.witness(`${name} was looked up upstream (${statusText(answer)})`, calls.length > 0)
      ctx.expect(
        `calls of /storage/file/data for ${name}`,
        [],
        calls.filter(({ path }) => /\/storage\/file\/data\b/i.test(path)).map(({ path }) => path),
      )
      ctx.require(
        `calls of getFileUrl for ${name}`,
        calls.some(({ path }) => path.includes('/storage/getFileUrl/')),
        { expected: 'at least one', got: calls.map(({ operation }) => operation).join(', ') },
      )
    }
  },
})
