import { defineMutant } from '../mutant.ts'
import { changedStorageRequest } from '../storage-headers.ts'

export const sessionIdToStorage = defineMutant({
  name: 'session-id-to-storage',
  defect: 'A header for tracing tells the storage host most of the session id.',
  kills: { 'PREVIEW-02': 'session cookie in the storage request' },
  apply: (parts) =>
    changedStorageRequest(parts, ({ url, headers }, { c }) => {
      const [, id = ''] = /bff_session=([^;]+)/.exec(c.req.header('cookie') ?? '') ?? []
      return { url, headers: { ...headers, 'x-trace': id.slice(0, 30) } }
    }),
})
