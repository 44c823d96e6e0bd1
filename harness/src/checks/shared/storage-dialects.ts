import type { CheckContext } from '../../context.ts'

/** Runs something against chunked storage without lengths (Conduit's own) and against S3-like storage, then puts things back. */
export async function inBothDialects(
  ctx: CheckContext,
  act: (dialect: 'local' | 's3') => Promise<void>,
): Promise<void> {
  const { control } = ctx.backend
  const { storage } = await control.options()
  try {
    for (const dialect of ['local', 's3'] as const) {
      await control.setOptions({ storage: { dialect } })
      await act(dialect)
    }
  } finally {
    await control.setOptions({ storage })
  }
}
