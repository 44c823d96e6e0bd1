import { defineMutant } from '../mutant.ts'
import { addedFile } from '../script-otherwise.ts'

export const publicSourceMaps = defineMutant({
  name: 'public-source-maps',
  defect: "The source map of the page's script is served beside it.",
  kills: { 'LEAK-06': 'source maps that are served' },
  apply: (parts) =>
    addedFile(parts, {
      name: 'app.js.map',
      type: 'application/json',
      text: () =>
        JSON.stringify({
          version: 3,
          sources: ['webpack://app/./src/page.ts'],
          sourcesContent: ['export const page = 1'],
          mappings: 'AAAA',
        }),
    }),
})
