import { defineMutant } from '../mutant.ts'
import { appendedScript } from '../script-otherwise.ts'

export const inlineSourceMap = defineMutant({
  name: 'inline-source-map',
  defect: "The page's script holds its own source map.",
  kills: { 'LEAK-06': 'files with a source map in them' },
  apply: (parts) =>
    appendedScript(parts, () => {
      const map = { version: 3, sources: ['src/page.ts'], mappings: 'AAAA' }
      const text = Buffer.from(JSON.stringify(map)).toString('base64')
      return `//# sourceMappingURL=data:application/json;base64,${text}`
    }),
})
