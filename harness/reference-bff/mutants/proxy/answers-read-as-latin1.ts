import { defineMutant } from '../mutant.ts'
import { wrappedBackend } from '../wrapped-backend.ts'

export const answersReadAsLatin1 = defineMutant({
  name: 'answers-read-as-latin1',
  defect: "Answers of the backend are read in the platform's encoding, which is not UTF-8.",
  kills: { 'PROXY-12': 'what the list shows of a text in several scripts' },
  apply: (parts) =>
    wrappedBackend(parts, (backend) => async (call, bearer) => {
      const answer = await backend(call, bearer)
      return { ...answer, text: Buffer.from(answer.text, 'utf8').toString('latin1') }
    }),
})
