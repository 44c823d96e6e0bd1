import { expect, test } from 'vitest'
import { playAll } from './on-our-mock.ts'
import type { RecordedStep } from './recording.ts'
import { foreignServer } from './server-under-test.ts'
import { recordedJson, recordingOf, scriptedServers, sendJson } from './test-scripted-server.ts'

const serve = scriptedServers()

const spoil: RecordedStep[] = [
  {
    name: 'sign',
    request: { method: 'GET', path: '/sign' },
    response: recordedJson({ url: '{{u}}' }),
    capture: { u: '$.url' },
  },
  { derive: { bad: { from: '{{u}}', regex: [['sig=..', 'sig=00']] } } },
  {
    name: 'refused',
    request: { method: 'GET', path: '/{{bad}}' },
    response: recordedJson({ ok: false }),
  },
]

/** Signs with each of the signatures in turn; refuses a URL that it did not sign. */
async function signing(signatures: readonly string[]): Promise<string> {
  const signed = new Set<string>()
  let nth = 0
  return serve((request, response) => {
    const path = (request.url ?? '').slice(1)
    if (path !== 'sign') {
      sendJson(response, { ok: signed.has(path) })
      return
    }
    const url = `f?sig=${signatures[nth++] ?? signatures.at(-1) ?? ''}`
    signed.add(url)
    sendJson(response, { url })
  })
}

const outcomesWith = async (signatures: readonly string[]) =>
  (await playAll([recordingOf(spoil)], foreignServer(await signing(signatures), ''))).map(
    ({ step, outcome }) => `${step}: ${outcome}`,
  )

test('a signature that already begins with what spoils it is asked for again', async () => {
  expect(await outcomesWith(['0011', '00ab', '4799'])).toEqual(['sign: equal', 'refused: equal'])
})

test('a derivation that never changes anything is played as it is in the end', async () => {
  expect(await outcomesWith(['0011'])).toEqual(['sign: equal', 'refused: different'])
})
