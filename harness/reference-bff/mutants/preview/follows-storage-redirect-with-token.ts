import { request } from 'undici'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'
import { entryOfRequest } from '../session-entry.ts'

export const followsStorageRedirectWithToken = defineMutant({
  name: 'follows-storage-redirect-with-token',
  defect:
    "A redirect of the storage host is followed by the backend's client, which adds the access token.",
  kills: { 'PREVIEW-21': /^secrets at the host that a \d+ of storage leads to/ },
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (_, services) => async (c) => {
      const { tokens } = await entryOfRequest(c, services)
      const { storage } = services
      return rebuilt(services, parts, {
        storage: {
          async open(url, wanted) {
            const answer = await storage.open(url, wanted)
            const to = answer.headers['location']
            if (typeof to !== 'string') return answer
            answer.body.destroy()
            const next = await request(to, {
              headers: { authorization: `Bearer ${tokens.accessToken}` },
            })
            return { status: next.statusCode, headers: next.headers, body: next.body }
          },
        },
      }).preview(c)
    }),
})
