import { expect, test } from 'vitest'
import { guardedBody } from '@/lib/logic/guarded-body'

function response(chunks: string[], length: number): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk))
      controller.close()
    },
  })
  return new Response(body, { headers: { 'Content-Length': String(length) } })
}

test('a whole body passes', async () => {
  expect(await new Response(guardedBody(response(['ab', 'cd'], 4))).text()).toBe('abcd')
})

test('a body shorter than declared is an error, not an end', async () => {
  await expect(new Response(guardedBody(response(['ab'], 4))).text()).rejects.toThrow(
    'The storage ended the file early.',
  )
})

test('nothing is read before it is asked for, and cancelling reaches the storage', async () => {
  let pulled = 0
  let cancelled: unknown
  const source = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        pulled += 1
        controller.enqueue(new Uint8Array(8))
      },
      cancel: (reason) => {
        cancelled = reason
      },
    },
    { highWaterMark: 0 },
  )
  const reader = guardedBody(new Response(source))?.getReader()
  expect(pulled).toBe(0)
  await reader?.read()
  expect(pulled).toBe(1)
  await reader?.cancel('gone')
  expect(cancelled).toBe('gone')
})
