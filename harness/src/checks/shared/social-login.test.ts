import type { JournalEntry } from 'mock-conduit'
import { expect, it } from 'vitest'
import type { Exchange } from '../../instruments/http-exchange.ts'
import { PROVIDER, stateIn, wayBackIn } from './social-login.ts'

const callTo = (path: string, text?: string) => ({ path, requestBody: { text } }) as JournalEntry

const answerWith = (body: string, location?: string) =>
  ({
    headers: location === undefined ? [] : [['Location', location]],
    rawBody: Buffer.from(body),
  }) as unknown as Exchange

it('finds the way back in the query or the body of what the backend was told', () => {
  const own = 'https://app.test'
  const query = new URLSearchParams({ redirectUri: `${own}/back?state=s1` }).toString()
  expect([
    wayBackIn([callTo(`/authentication/init/google?${query}`)], own),
    wayBackIn([callTo('/x', JSON.stringify({ redirectUri: `${own}/back/s2` }))], own),
    wayBackIn([callTo('/x?redirectUri=https%3A%2F%2Felsewhere.test%2F')], own),
    wayBackIn([], own),
  ]).toEqual(['/back?state=s1', '/back/s2', undefined, undefined])
})

it('finds the state that the target put into the address of the provider', () => {
  expect([
    stateIn(answerWith('', 'https://accounts.google.com/auth?state=s1')),
    stateIn(
      answerWith(String.raw`{"url":"https:\/\/accounts.google.com\/auth?a=1\u0026state=s2"}`),
    ),
    stateIn(answerWith(JSON.stringify({ url: PROVIDER }))),
    stateIn(answerWith('nothing')),
  ]).toEqual(['s1', 's2', undefined, undefined])
})
