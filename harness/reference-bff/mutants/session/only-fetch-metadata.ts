import { defineMutant } from '../mutant.ts'
import { trusting } from '../guarded-otherwise.ts'

export const onlyFetchMetadata = defineMutant({
  name: 'only-fetch-metadata',
  defect: 'Without Sec-Fetch-Site, as from older browsers, a request of any origin is let through.',
  kills: { 'SESSION-11': /^(create|logout) with Origin/ },
  apply: (parts) => trusting(parts, ({ headers }) => !headers.has('sec-fetch-site')),
})
