import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { headersNamed, statusText } from '../../instruments/http-exchange.ts'
import { STORAGE_GET } from '../../instruments/journal-view.ts'
import { randomMarker } from '../../target/template.ts'
import { previewOf } from '../shared/preview-of.ts'

const SECRETS = ['access', 'refresh', 'client-secret', 'session-password', 'password'] as const

export const preview21 = defineCheck({
  id: 'PREVIEW-21',
  title: 'A redirect of the storage host is not relayed, and no session goes along with it',
  level: 'MUST',
  profiles: ['preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-02'],
  requirement: ['SSRF-CS', 'T-100'],
  source: [],
  mutants: ['relays-storage-redirect', 'follows-storage-redirect-with-token'],
  usualCauses: [
    'status and headers of the storage answer are passed on',
    'redirects are followed by a client that adds the session',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    for (const status of [301, 302, 303, 307, 308]) {
      const place = `/moved-${randomMarker(4)}`
      const fault = await ctx.fault({
        operation: STORAGE_GET,
        times: null,
        effect: { status, body: 'moved', headers: { Location: ctx.sink.url + place } },
      })
      const before = ctx.sink.texts().length
      const bytes = Buffer.from('not here any more')
      const answer = await previewOf(ctx, session, { name: 'moved.txt', bytes })
      ctx.witness(`the storage host redirects with ${status}`, (await fault.hits()) > 0)
      await fault.remove()
      await ctx.drain()
      const pointers = ['location', 'refresh', 'link', 'content-location'].flatMap((name) =>
        headersNamed(answer.headers, name).filter((value) => value.includes(place)),
      )
      ctx.expect(`headers that pass a ${status} of storage on`, [], pointers)
      ctx.require(
        `the answer when storage says ${status}`,
        answer.failure === undefined && (answer.status < 300 || answer.status > 399),
        { expected: 'no redirect', got: statusText(answer) },
      )
      const cookies = session.browser.jar
        .cookies()
        .map(({ value }) => value)
        .filter((value) => value.length >= 8)
      const texts = ctx.sink.texts().slice(before)
      const places = texts.map((text, index) => ({ where: `call ${index + 1}`, text }))
      ctx.expect(
        `secrets at the host that a ${status} of storage leads to`,
        [],
        (await ctx.leaksIn(places, SECRETS)).map(describeLeak),
      )
      ctx.expect(
        `session cookies at the host that a ${status} of storage leads to`,
        false,
        texts.some((text) => cookies.some((cookie) => text.includes(cookie))),
      )
    }
  },
})
