import { unavailable } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const leftDownloadKeepsSlot = defineMutant({
  name: 'left-download-keeps-slot',
  defect:
    'Four downloads may be under way; one whose browser left in the middle is never counted out.',
  kills: { 'RESIL-10': 'answers to the next calls' },
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (handler) => {
      let begun = 0
      return async (c) => {
        if (begun >= 4) throw unavailable(503, 'too_many_downloads')
        const answer = await handler(c)
        begun += 1
        c.env.outgoing.once('finish', () => (begun -= 1))
        return answer
      }
    }),
})
