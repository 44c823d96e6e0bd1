import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'

export const originByHostName = defineMutant({
  name: 'origin-by-host-name',
  defect:
    'An origin is compared by its host name alone: another server on another port of the host passes.',
  kills: { 'SESSION-11': /^(create|logout) with Origin: \S+:8443/ },
  apply: (parts) =>
    trusting(parts, ({ headers }, { settings }) => {
      const origin = headers.get('origin') ?? ''
      const own = new URL(settings.appOrigin ?? 'http://none')
      return URL.canParse(origin) && new URL(origin).hostname === own.hostname
    }),
})
