import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'

export const uploadNotGuarded = defineMutant({
  name: 'upload-not-guarded',
  defect: 'Uploads come as forms do, so they were left out where forms of other sites are refused.',
  kills: { 'SESSION-11': /^upload with Origin.*: upstream calls$/ },
  apply: (parts) => trusting(parts, ({ url }) => new URL(url).pathname === '/api/files'),
})
