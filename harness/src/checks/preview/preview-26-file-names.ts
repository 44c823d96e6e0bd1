import { defineCheck } from '../../check.ts'
import { headerOf, headersNamed } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { dispositionProblem } from '../shared/disposition.ts'
import { inBothDialects } from '../shared/storage-dialects.ts'
import { previewOf } from '../shared/preview-of.ts'

const INJECTED = 'x-bffc-injected'

const NAMES = [
  `line\r\n${INJECTED}: 1.txt`,
  'say "hello".txt',
  'a"; filename="b.html',
  'a;b=c.txt',
  "it's.txt",
  'naïve – Größe – 文書.txt',
  'back\\slash.txt',
  '..\\..\\windows.txt',
  'per%0d%0acent.txt',
  `${'long '.repeat(30)}.txt`,
]

export const preview26 = defineCheck({
  id: 'PREVIEW-26',
  title: 'File names cannot break the headers of a preview',
  level: 'MUST',
  profiles: ['preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-01'],
  requirement: ['ASVS5-5.4.1', 'ASVS5-5.4.2', 'RFC6266'],
  source: ['names of files are what their uploader says they are'],
  mutants: ['raw-filename-header', 'filename-from-storage-path'],
  usualCauses: [
    'the name is put between quotes as it is',
    'non-ASCII names go into filename instead of filename*',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    let shown = 0
    await inBothDialects(ctx, async () => {
      for (const name of NAMES) {
        const answer = await previewOf(ctx, session, { name, bytes: Buffer.from('named oddly') })
        if (isSuccess(answer)) shown += 1
        const about = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)
        const values = headersNamed(answer.headers, 'content-disposition')
        ctx.require(`Content-Disposition headers for ${about}`, values.length <= 1, {
          expected: 'at most one',
          got: values.join(' | '),
        })
        const problem = values.map(dispositionProblem).find((each) => each !== undefined)
        ctx.require(`Content-Disposition for ${about}`, problem === undefined, {
          expected: 'a well-formed header with a name that is no path',
          got: `${values.join()} (${problem ?? ''})`,
        })
        ctx.expect(`header injected by ${about}`, undefined, headerOf(answer.headers, INJECTED))
      }
    })
    ctx.witness(`${shown} files with odd names were shown`, shown > 0)
  },
})
