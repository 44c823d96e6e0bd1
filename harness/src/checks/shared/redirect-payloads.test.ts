import { expect, it } from 'vitest'
import { leadsAway, redirectPayloads } from './redirect-payloads.ts'

const own = new URL('https://app.test/login')

it('goes the way of a browser: backslashes, tabs and missing slashes lead away', () => {
  const { probes, others } = redirectPayloads(own)
  const away = [...probes, ...others].filter((each) => leadsAway(each, own) !== undefined)
  expect(away.length).toBeGreaterThanOrEqual(14)
  for (const each of ['/\\bffc-elsewhere.test', '/\t/bffc-elsewhere.test', 'javascript:x'])
    expect([each, leadsAway(each, own) === undefined]).toEqual([each, false])
})

it('takes paths and the own origin for what they are', () => {
  for (const each of [
    '/',
    '/a?next=//bffc-elsewhere.test',
    'https://app.test/x',
    'http://app.test/',
  ])
    expect([each, leadsAway(each, own)]).toEqual([each, undefined])
})
