import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'

export const siblingOriginTrusted = defineMutant({
  name: 'sibling-origin-trusted',
  defect: 'Every subdomain of the own host counts as the application.',
  kills: { 'SESSION-11': /^(create|logout) with Origin: https:\/\/sub\./ },
  apply: (parts) =>
    trusting(parts, ({ headers }, { settings }) =>
      (headers.get('origin') ?? '').endsWith(
        `.${new URL(settings.appOrigin ?? 'http://none').host}`,
      ),
    ),
})
