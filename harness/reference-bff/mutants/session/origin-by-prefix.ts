import { defineMutant } from '../mutant.ts'
import { trusting } from '../guarded-otherwise.ts'

export const originByPrefix = defineMutant({
  name: 'origin-by-prefix',
  defect:
    'An origin is taken for the own one when it begins like it: https://app.test.evil.test passes.',
  kills: { 'SESSION-11': /^(create|logout) with/ },
  apply: (parts) =>
    trusting(parts, ({ headers }, { settings }) =>
      (headers.get('origin') ?? '').startsWith(settings.appOrigin ?? 'none'),
    ),
})
