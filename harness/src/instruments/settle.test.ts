import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { steady, until } from './settle.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** Runs it while time passes. */
async function meanwhile<Value>(promise: Promise<Value>): Promise<Value> {
  await vi.advanceTimersByTimeAsync(60_000)
  return promise
}

it('is steady when a number stood still for as long as asked', async () => {
  let asked = 0
  const read = () => (asked += 1) && Math.min(asked, 10)
  await meanwhile(steady(read, { forMs: 100, maxMs: 5000 }))
  expect(asked).toEqual(15)
})

it('does not take a machine that is busy elsewhere for one at rest', async () => {
  let asked = 0
  const read = () => {
    asked += 1
    vi.advanceTimersByTime(500)
    return 0
  }
  await meanwhile(steady(read, { forMs: 200, maxMs: 5000 }))
  expect(asked).toEqual(6)
})

it('gives up when the time is over', async () => {
  let asked = 0
  expect(await meanwhile(until(100, () => (asked += 1) > 1000, 10))).toEqual(false)
  expect(asked).toEqual(11)
})

it('gives back the time that a busy machine took away', async () => {
  const now = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => now() * 100)
  let asked = 0
  expect(await meanwhile(until(100, () => (asked += 1) > 1000, 10))).toEqual(false)
  expect(asked).toEqual(5)
})
