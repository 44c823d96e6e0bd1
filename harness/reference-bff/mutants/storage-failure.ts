import type { BffContext, Parts } from '../services.ts'
import type { StorageAnswer } from '../storage.ts'
import { wrappedRoute } from './change-answer.ts'
import { rebuilt } from './rebuild.ts'

/** The parts with another answer when the storage host refuses or fails, with the status `from` or more. */
export function changedStorageFailure(
  parts: Parts,
  answerFor: (c: BffContext, answer: StorageAnswer) => Response | Promise<Response>,
  from = 400,
): Parts {
  return wrappedRoute(parts, 'preview', (_, services) => async (c) => {
    const { storage } = services
    const failed: Response[] = []
    const watched: typeof storage = {
      async open(...call) {
        const answer = await storage.open(...call)
        if (answer.status >= from) failed.push(await answerFor(c, answer))
        return answer
      },
    }
    try {
      return await rebuilt(services, parts, { storage: watched }).preview(c)
    } catch (error) {
      const [first] = failed
      if (first) return first
      throw error
    }
  })
}
