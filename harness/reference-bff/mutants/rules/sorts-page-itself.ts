import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const sortsPageItself = defineMutant({
  name: 'sorts-page-itself',
  defect: 'A page of the list is put in an order of its own after it has been fetched.',
  kills: { 'RULES-07': 'documents that stand elsewhere than in the answer of the backend' },
  apply: (parts) =>
    changedAnswer(parts, 'list', async (answer) => {
      const { items, ...rest } = (await answer.json()) as { items: { id: string }[] }
      items.sort((one, other) => one.id.localeCompare(other.id))
      return new Response(JSON.stringify({ items, ...rest }), answer)
    }),
})
