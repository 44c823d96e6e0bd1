import { defineMutant } from '../mutant.ts'
import { changedCall, isCreate } from '../upstream-calls.ts'

export const textsSentAsLatin1 = defineMutant({
  name: 'texts-sent-as-latin1',
  defect: 'A post is written in Latin 1: whatever that does not know becomes a question mark.',
  kills: { 'PROXY-12': 'what a text in several scripts says upstream' },
  apply: (parts) =>
    changedCall(parts, isCreate, (call) => ({
      ...call,
      json: JSON.parse(JSON.stringify(call.json).replace(/[\u0100-\u{10ffff}]/gu, '?')) as unknown,
    })),
})
