import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const meDoesNotTell = defineMutant({
  name: 'me-does-not-tell',
  defect: 'Who asks who is signed in is answered with ok, signed in or not.',
  kills: { 'SESSION-24': 'me without a session' },
  apply: (parts) => wrappedRoute(parts, 'me', () => async (c) => c.json({ ok: true })),
})
