import { expect, it } from 'vitest'
import { catalogue } from '../../checks/index.ts'
import type { WireCall } from '../../evidence/evidence.ts'
import { notRun } from '../../run-check.ts'
import type { RunResult } from '../../run.ts'
import type { CheckResult } from '../../verdict/verdict.ts'
import { htmlFile, htmlFolder } from './html-report.ts'

const call: WireCall = {
  from: 'browser',
  to: 'bff',
  instance: 'i1',
  method: 'GET',
  path: '/api/posts?q=<b>',
  origin: 'http://127.0.0.1:1',
  requestHeaders: [['Cookie', 'sid=⟨32 characters⟩']],
  requestBody: { bytes: 0, type: '' },
  status: 200,
  responseHeaders: [['Content-Type', 'application/json']],
  responseBody: { bytes: 2, type: 'application/json', text: '{}' },
  startedAt: 1000,
  endedAt: 1010.26,
  provoked: [],
}
const upstream: WireCall = {
  ...call,
  from: 'bff',
  to: 'conduit',
  path: '/database/Post',
  requestHeaders: [['authorization', 'Bearer ⟨AT2 vault-01.1f2e⟩']],
  status: 401,
  startedAt: 1002,
  endedAt: 1004,
}

const failed: CheckResult = {
  ...notRun(catalogue[0] ?? expect.fail('no checks'), 'SETUP', {
    reason: '',
    reproduce: 'harness run X',
  }),
  verdict: 'FAIL',
  finding: { observation: 'answer', expected: 'none', got: '<script>alert(1)</script>' },
  usualCauses: ['a & b'],
}

const run: RunResult = {
  target: 'my <app>',
  startedAt: '2027-01-01T00:00:00.000Z',
  durationMs: 1500,
  seed: 7,
  discovery: undefined,
  problem: undefined,
  results: [failed],
  unmetWaivers: [],
  evidence: new Map([[failed.id, { calls: [call, upstream] }]]),
  exitCode: 1,
}

it('is one page that loads and runs nothing, with every text escaped', async () => {
  const html = await htmlFile(run)
  expect(/<script|<link|<img|@import|url\(/i.exec(html)).toEqual(null)
  expect(
    html.match(/\b(?:href|src)="[^"]{0,30}/g)?.filter((link) => !/"(#|data:)/.test(link)),
  ).toEqual([])
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html).toContain(`id="${failed.id}"`)
  for (const text of ['harness run X', 'a &amp; b', 'my &lt;app&gt;', 'answer'])
    expect(html).toContain(text)
})

it('draws who called whom in order of time, tokens by name', async () => {
  const html = await htmlFile(run)
  const wide = /<svg[^>]*wide[^]*?<\/svg>/.exec(html)?.[0] ?? ''
  const labels = [...wide.matchAll(/<title>\s*([^<]*?)\s*<\/title>/g)].map((match) => match[1])
  expect(labels).toEqual([
    '+0 ms GET /api/posts?q=&lt;b&gt; cookie sid',
    '+2 ms GET /database/Post ⟨AT2 alice⟩',
    '+4 ms 401, 2 B',
    '+10.3 ms 200, 2 B',
  ])
  expect(html).toContain('alice is vault-01.1f2e')
})

it('as a folder has a page and a HAR 1.2 for each check', async () => {
  const files = await htmlFolder(run)
  expect([...files.keys()]).toEqual(['index.html', `${failed.id}.html`, `${failed.id}.har`])
  expect(files.get('index.html')).toContain(`href="${failed.id}.html"`)
  const { log } = JSON.parse(files.get(`${failed.id}.har`) ?? '') as {
    log: {
      version: string
      entries: { request: { url: string; queryString: unknown }; time: number }[]
    }
  }
  expect([log.version, log.entries.length]).toEqual(['1.2', 2])
  expect(log.entries[0]?.request).toMatchObject({
    url: 'http://127.0.0.1:1/api/posts?q=<b>',
    queryString: [{ name: 'q', value: '<b>' }],
  })
})
