import { defineMutant } from '../mutant.ts'

export const partSaysOk = defineMutant({
  name: 'part-says-200',
  defect:
    'The part that the storage host sends for a Range is answered with 200, as if it were the whole.',
  kills: { 'PREVIEW-10': /^Range: / },
  apply: (parts) => ({
    ...parts,
    deliver: (services) => {
      const deliver = parts.deliver(services)
      return (c, answer, delivery) =>
        deliver(c, answer.status === 206 ? { ...answer, status: 200 } : answer, delivery)
    },
  }),
})
