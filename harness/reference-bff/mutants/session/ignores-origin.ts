import { defineMutant } from '../mutant.ts'
import { trusting } from '../guarded-otherwise.ts'

export const ignoresOrigin = defineMutant({
  name: 'ignores-origin',
  defect: 'Nobody looks at Origin, Sec-Fetch-Site or the content type.',
  kills: { 'SESSION-11': /^(create|logout) with Origin/ },
  apply: (parts) => trusting(parts, () => true),
})
