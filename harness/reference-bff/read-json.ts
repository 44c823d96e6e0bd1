import { BffFailure } from './failure.ts'
import type { BffContext } from './services.ts'

/** The JSON body of a request. 400 when it is none. */
export async function readJson(c: BffContext): Promise<unknown> {
  try {
    return await c.req.json<unknown>()
  } catch (cause) {
    throw new BffFailure(400, 'json_needed', { cause })
  }
}
