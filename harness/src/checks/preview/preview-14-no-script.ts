import { defineCheck } from '../../check.ts'
import { headersNamed, type HeaderList } from '../../instruments/http-exchange.ts'
import { STORAGE_GET } from '../../instruments/journal-view.ts'
import { isSuccess } from '../shared/answers.ts'
import { scriptRisk } from '../shared/content-policy.ts'
import { openPreview } from '../shared/preview-of.ts'

const HTML = Buffer.from('<!doctype html><script>document.title = "ran"</script>')
const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "ran"</script></svg>',
)

const FILES: readonly { name: string; type: string; bytes: Buffer }[] = [
  { name: 'page.html', type: 'text/html', bytes: HTML },
  { name: 'page-utf8.htm', type: 'Text/HTML; charset=utf-8', bytes: HTML },
  { name: 'drawing.svg', type: 'image/svg+xml', bytes: SVG },
  { name: 'page.xhtml', type: 'application/xhtml+xml', bytes: HTML },
  { name: 'data.xml', type: 'text/xml', bytes: SVG },
  { name: 'more.xml', type: 'application/xml', bytes: SVG },
  { name: 'script.js', type: 'application/javascript', bytes: Buffer.from('alert(1)') },
  { name: 'paper.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4') },
  { name: 'nothing', type: '', bytes: HTML },
  { name: 'not-a-picture.png', type: 'image/png', bytes: HTML },
  { name: 'page.txt', type: 'text/plain', bytes: HTML },
]

export const preview14 = defineCheck({
  id: 'PREVIEW-14',
  title: 'Previews cannot become documents that run script in the origin of the application',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-03'],
  requirement: ['ASVS5-3.4.4', 'ASVS5-3.2.1', 'T-95', 'T-96', 'T-97', 'T-98', 'T-99'],
  source: ["'none' counts in a policy only with its quotes"],
  mutants: ['no-nosniff', 'svg-counts-as-picture', 'csp-none-unquoted'],
  usualCauses: [
    "the storage host's Content-Type is passed on, with nothing beside it",
    'a list of pictures holds image/svg+xml',
    'default-src none is written without quotes',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    for (const { name, type, bytes } of FILES) {
      const fault = await ctx.fault({
        operation: STORAGE_GET,
        times: null,
        effect: { addHeaders: { 'Content-Type': type } },
      })
      for (const headers of [[], [['Range', 'bytes=0-20']]] satisfies HeaderList[]) {
        const answer = await (await openPreview(ctx, session, { name, bytes }, { headers })).done
        const about = `${name} (${type || 'no type'}${headers.length > 0 ? ', a range' : ''})`
        ctx.witness(about, (await fault.hits()) > 0)
        if (!isSuccess(answer)) continue
        const sniffing = headersNamed(answer.headers, 'x-content-type-options').join(', ')
        ctx.require(`X-Content-Type-Options of ${about}`, /^nosniff$/i.test(sniffing.trim()), {
          expected: 'nosniff',
          got: sniffing || 'none',
        })
        const risk = scriptRisk(answer.headers)
        ctx.require(`what keeps script in ${about} from running`, risk === undefined, {
          expected: 'another type, attachment, or a policy of sandbox or none',
          got: risk ?? '',
        })
      }
      await fault.remove()
    }
  },
})
