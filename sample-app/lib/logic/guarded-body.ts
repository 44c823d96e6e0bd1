const STALL_MS = 25_000

/** A body that fails loudly: on a short read, and when the storage falls silent. Chunks pass as they come; the reader sets the pace. */
export function guardedBody(response: Response): ReadableStream<Uint8Array> | null {
  const reader = response.body?.getReader()
  if (!reader) return null
  const declared =
    response.headers.get('content-encoding') === null
      ? response.headers.get('content-length')
      : null
  let left = declared === null ? undefined : Number(declared)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await withDeadline(reader.read(), () => reader.cancel())
        if (!done) {
          if (left !== undefined) left -= value.byteLength
          controller.enqueue(value)
        } else if (left !== undefined && left !== 0)
          throw new Error('The storage ended the file early.')
        else controller.close()
      },
      async cancel(reason) {
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

async function withDeadline<T>(work: Promise<T>, giveUp: () => Promise<void>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      void giveUp().catch(() => undefined)
      reject(new Error('The storage fell silent.'))
    }, STALL_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
