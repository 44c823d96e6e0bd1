import { passingHeaders } from '../browser-headers.ts'
import { defineMutant } from '../mutant.ts'

const NAMES = ['masterkey', 'x-api-key', 'x-forwarded-for']

export const previewPassesHeaders = defineMutant({
  name: 'preview-passes-headers',
  defect: 'A preview passes headers of the browser on to the backend; lists and creates do not.',
  kills: { 'PROXY-05': 'headers of the browser that preview passed on as they were' },
  apply: (parts) =>
    passingHeaders(parts, 'preview', (c) =>
      Object.fromEntries(
        NAMES.flatMap((name) => {
          const value = c.req.header(name)
          return value === undefined ? [] : [[name, value]]
        }),
      ),
    ),
})
