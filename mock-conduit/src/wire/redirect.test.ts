import { expect, test } from 'vitest'
import type { HeaderList } from './message.ts'
import { redirect } from './redirect.ts'

const LOCATION = 'http://files.test/a b/ä&<.txt?x=1'
const ENCODED = 'http://files.test/a%20b/%C3%A4&%3C.txt?x=1'

async function redirected(accept: string | undefined, headers: HeaderList = []) {
  const answer = await redirect({ headers: { accept } }, headers, {
    location: LOCATION,
    cookies: [],
  })
  return {
    headers: Object.fromEntries(answer.headers),
    body: Buffer.isBuffer(answer.body) ? answer.body.toString() : answer.body,
  }
}

test.each([undefined, '*/*', 'text/plain'])('Accept %s gets text', async (accept) => {
  const body = `Found. Redirecting to ${ENCODED}`
  expect(await redirected(accept)).toEqual({
    headers: {
      Location: ENCODED,
      Vary: 'Accept',
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': String(body.length),
    },
    body,
  })
})

test('a browser gets HTML', async () => {
  const { headers, body } = await redirected('text/html,application/xhtml+xml,*/*;q=0.8')
  expect(headers['Content-Type']).toBe('text/html; charset=utf-8')
  expect(body).toBe(`<p>Found. Redirecting to ${ENCODED.replace('&', '&amp;')}</p>`)
})

test('who takes neither gets nothing', async () => {
  const { headers, body } = await redirected('application/json')
  expect([headers['Content-Type'], headers['Content-Length'], body]).toEqual([undefined, '0', ''])
})

test('Vary of CORS stays', async () => {
  expect((await redirected('*/*', [['Vary', 'Origin']])).headers['Vary']).toBe('Origin, Accept')
})
