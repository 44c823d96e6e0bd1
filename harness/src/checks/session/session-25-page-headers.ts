import { defineCheck } from '../../check.ts'
import { headersNamed } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { NAVIGATION } from '../shared/page-call.ts'
import { missingHeaders } from '../shared/page-headers.ts'

export const session25 = defineCheck({
  id: 'SESSION-25',
  title: 'Pages come with the headers that keep foreign scripts, frames and windows out',
  level: 'SHOULD',
  profiles: ['hardening'],
  needs: { routes: ['login', 'list'], pages: true },
  dependsOn: [],
  requirement: ['ASVS5-3.4.1', 'ASVS5-3.4.3', 'ASVS5-3.4.5', 'ASVS5-3.4.6', 'ASVS5-3.4.8'],
  source: [],
  mutants: ['no-security-headers', 'inline-scripts-allowed'],
  usualCauses: [
    'the middleware that sets the headers does not run for pages, or only for some',
    "'unsafe-inline' was added to script-src to get a framework going",
    'HSTS is left to the TLS edge, which the harness stands in for: waive it then',
  ],
  async run(ctx) {
    const isHttps = ctx.site.origin?.startsWith('https:') ?? false
    const visitors = [
      ['signed in', await ctx.signedIn()],
      ['without a session', await ctx.visitor()],
    ] as const
    let pages = 0
    for (const path of ctx.target.pages)
      for (const [who, { browser }] of visitors) {
        const answer = await browser.send(
          { method: 'GET', path, headers: [] },
          { headers: NAVIGATION },
        )
        const type = headersNamed(answer.headers, 'content-type').join()
        if (!isSuccess(answer) || !/html/i.test(type)) continue
        pages += 1
        ctx.expect(`what ${path} lacks, ${who}`, [], missingHeaders(answer.headers, isHttps))
      }
    if (pages === 0) ctx.skip('no declared page is answered as HTML')
    ctx.witness(`${pages} answers of pages were read`, true)
  },
})
