import type { FaultEffect } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import { statusText, textOf } from '../../instruments/http-exchange.ts'
import { STORAGE_GET } from '../../instruments/journal-view.ts'
import { randomMarker } from '../../target/template.ts'
import { previewOf } from '../shared/preview-of.ts'

export const preview16 = defineCheck({
  id: 'PREVIEW-16',
  title: "Errors of storage become the BFF's own errors",
  level: 'MUST',
  profiles: ['core', 'preview', 'conduit'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-01'],
  requirement: ['ASVS5-16.5.1'],
  source: [
    'getFileUrl wraps every failure in 500; S3 answers XML with key, bucket and StringToSign',
  ],
  mutants: ['relays-storage-error'],
  usualCauses: [
    'status and body of the storage answer are passed on',
    'the status of the storage answer is not looked at, so its error page is delivered as the file',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const marker = `bucket-${randomMarker(12)}`
    const xml = (code: string) =>
      `<?xml version="1.0"?><Error><Code>${code}</Code><Key>${marker}</Key><StringToSign>${marker}</StringToSign></Error>`
    const storage = (status: number, code: string): FaultEffect => ({
      status,
      body: xml(code),
      headers: { 'Content-Type': 'application/xml' },
    })
    const cases: { about: string; operation: string; effect: FaultEffect }[] = [
      {
        about: 'getFileUrl 404',
        operation: 'GET /storage/getFileUrl/*',
        effect: { status: 404, message: 'File does not exist' },
      },
      {
        about: 'getFileUrl 500',
        operation: 'GET /storage/getFileUrl/*',
        effect: { status: 500, message: `File does not exist ${marker}` },
      },
      { about: 'storage 403', operation: STORAGE_GET, effect: storage(403, 'AccessDenied') },
      { about: 'storage 404', operation: STORAGE_GET, effect: storage(404, 'NoSuchKey') },
      { about: 'storage 500', operation: STORAGE_GET, effect: storage(500, 'InternalError') },
    ]
    for (const { about, operation, effect } of cases) {
      const fault = await ctx.fault({ operation, times: null, effect })
      const answer = await previewOf(ctx, session, {
        name: 'broken.txt',
        bytes: Buffer.from('never seen'),
      })
      ctx.witness(about, (await fault.hits()) > 0)
      await fault.remove()
      ctx.require(
        `${about}: the client's answer`,
        answer.failure === undefined && answer.status >= 400,
        { expected: '4xx or 5xx', got: statusText(answer) },
      )
      const body = textOf(answer)
      ctx.require(
        `${about}: no text of storage in the answer`,
        !body.includes(marker) && !body.includes('<Error>'),
        { expected: 'an answer of its own', got: body.slice(0, 200) },
      )
    }
  },
})
