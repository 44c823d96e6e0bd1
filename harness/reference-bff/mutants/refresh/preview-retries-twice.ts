import { defineMutant } from '../mutant.ts'
import { afterCalls, isFileUrl } from '../route-calls.ts'

export const previewRetriesTwice = defineMutant({
  name: 'preview-retries-twice',
  defect: 'A preview that meets 401 again after its renewal renews and asks once more.',
  kills: { 'REFRESH-08': 'preview: attempts of one upstream call' },
  apply: (parts) =>
    afterCalls(parts, isFileUrl, async ({ status }, { session, call, services }) => {
      if (status !== 401) return undefined
      session.entry = await services.renewal.renew(session.key, session.entry)
      return services.http.backend(call, session.entry.tokens.accessToken)
    }),
})
