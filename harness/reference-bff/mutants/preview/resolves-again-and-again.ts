import { BffFailure } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

const TRIES = 4

export const resolvesAgainAndAgain = defineMutant({
  name: 'resolves-again-and-again',
  defect: 'A preview that fails is tried again from the start, four times in all.',
  kills: {
    'PREVIEW-17': 'times that the URL was asked for: URLs that storage always refuses',
  },
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (handler) => async (c) => {
      for (let tries = 1; ; tries += 1)
        try {
          return await handler(c)
        } catch (error) {
          if (tries >= TRIES || !(error instanceof BffFailure) || error.status !== 502) throw error
        }
    }),
})
