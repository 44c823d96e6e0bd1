import { defineMutant } from '../mutant.ts'
import { addedFile } from '../script-otherwise.ts'

export const serverChunkSourceMap = defineMutant({
  name: 'server-chunk-source-map',
  defect:
    'A source map that no script names is served beside it, made of the modules of the server.',
  kills: { 'LEAK-05': 'modules of the server in source maps' },
  apply: (parts) =>
    addedFile(parts, {
      name: 'app.js.map',
      type: 'application/json',
      text: () =>
        JSON.stringify({
          version: 3,
          sources: [
            'webpack://bff/./src/vault.ts',
            'webpack://bff/./node_modules/ioredis/built/Redis.js',
          ],
          sourcesContent: ['export const vault = {}', 'class Redis {}'],
          mappings: '',
        }),
    }),
})
