import { defineMutant } from '../mutant.ts'

export const fetchesAnyUrl = defineMutant({
  name: 'fetches-any-url',
  defect: 'Files are fetched from wherever the backend says.',
  kills: { 'PREVIEW-20': 'calls of a foreign host when the backend names another host' },
  apply: (parts) => ({
    ...parts,
    settings: (services) => ({ ...parts.settings(services), storageOrigin: undefined }),
  }),
})
