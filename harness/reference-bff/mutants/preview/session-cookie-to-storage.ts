import { defineMutant } from '../mutant.ts'
import { changedStorageRequest } from '../storage-headers.ts'

export const sessionCookieToStorage = defineMutant({
  name: 'session-cookie-to-storage',
  defect: "The browser's cookies go to the storage host in a header of another name.",
  kills: { 'PREVIEW-02': 'session cookie in the storage request' },
  apply: (parts) =>
    changedStorageRequest(parts, ({ url, headers }, { c }) => ({
      url,
      headers: { ...headers, 'x-original-cookie': c.req.header('cookie') ?? '' },
    })),
})
