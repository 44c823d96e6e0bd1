import { expect, test } from 'vitest'
import { startMockConduit } from '../index.ts'
import { createControlClient } from './client.ts'

test('a mock that is not there any more is named, with what happened', async () => {
  const mock = await startMockConduit()
  await mock.stop()
  const failure: unknown = await createControlClient(mock.url)
    .clock()
    .catch((error: unknown) => error)
  expect(failure).toMatchObject({ name: 'ControlCallError', status: 0, code: 'UNREACHABLE' })
  expect(String(failure)).toMatch(/GET \S+\/__mock\/clock got no answer: .*ECONNREFUSED/)
  expect(String(failure)).toContain(`Is the mock still running at ${mock.url}?`)
})
