import type { Session } from '../../sessions.ts'
import { defineMutant } from '../mutant.ts'

export const serviceTokenForFiles = defineMutant({
  name: 'service-token-for-files',
  defect:
    'Files are resolved with the tokens of one account for everybody (here: of the first who asked).',
  kills: { 'PREVIEW-15': /^another user's preview/ },
  collateral: ['VAULT-07', 'VAULT-13', 'PREVIEW-02', 'PREVIEW-03', 'PREVIEW-16'],
  apply: (parts) => ({
    ...parts,
    fileUrls: (services) => {
      const fileUrls = parts.fileUrls(services)
      let account: Session | undefined
      return {
        resolve(session, id, signal) {
          account ??= session
          return fileUrls.resolve(account, id, signal).catch(() => {
            account = session
            return fileUrls.resolve(session, id, signal)
          })
        },
      }
    },
  }),
})
