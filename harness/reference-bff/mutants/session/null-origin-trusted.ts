import { defineMutant } from '../mutant.ts'
import { trusting } from '../guarded-otherwise.ts'

export const nullOriginTrusted = defineMutant({
  name: 'null-origin-trusted',
  defect: 'Origin: null passes for "no origin", and with it every sandboxed frame.',
  kills: { 'SESSION-11': /^(create|logout) with Origin: null/ },
  apply: (parts) => trusting(parts, ({ headers }) => headers.get('origin') === 'null'),
})
