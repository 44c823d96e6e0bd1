import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'

export const refererMentionsOwnHost = defineMutant({
  name: 'referer-mentions-own-host',
  defect: 'Where Origin is missing, a Referer that holds the own origin anywhere will do.',
  kills: {
    'SESSION-12': /by a create with a Referer of another site that mentions the own origin$/,
  },
  apply: (parts) =>
    trusting(
      parts,
      ({ headers }, { settings }) =>
        headers.get('origin') === null &&
        (headers.get('referer') ?? '').includes(settings.appOrigin ?? 'none'),
    ),
})
