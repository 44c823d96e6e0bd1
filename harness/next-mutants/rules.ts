import { defineNextMutants, when } from './next-mutant.ts'

const inMemory = when('filters-in-memory')
const slices = when('fetch-all-then-slice')

export const rulesMutants = defineNextMutants([
  {
    name: 'filters-in-memory',
    defect: 'A search reads an unfiltered page and filters it in the BFF.',
    kills: { 'RULES-04': /./ },
    edits: [
      {
        file: 'lib/logic/posts.ts',
        find: '  const call = filtered(term, authorId)\n',
        put: `  const call = filtered(${inMemory} ? undefined : term, authorId)
`,
      },
      {
        file: 'lib/logic/posts.ts',
        find: '  return { items: documents.map(toPost), total: count, page: number, pageSize: PAGE_SIZE }\n',
        put: `  const fits = documents.filter(({ title }) => !(${inMemory}) || title.includes(term ?? ''))
  const from = ${slices} ? (number - 1) * PAGE_SIZE : 0
  const items = fits.slice(from, from + PAGE_SIZE).map(toPost)
  return { items, total: count, page: number, pageSize: PAGE_SIZE }
`,
      },
    ],
  },
  {
    name: 'fetch-all-then-slice',
    defect: 'Every page reads all documents and cuts its own out of them.',
    kills: { 'RULES-05': /./ },
    edits: [
      {
        file: 'lib/logic/posts.ts',
        find: '    skip: String((number - 1) * PAGE_SIZE),\n    limit: String(PAGE_SIZE),\n',
        put: `    skip: ${slices} ? '0' : String((number - 1) * PAGE_SIZE),
    limit: ${slices} ? '10000' : String(PAGE_SIZE),
`,
      },
    ],
  },
])
