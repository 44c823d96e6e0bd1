import { defineNextMutants, when } from './next-mutant.ts'

const keepsEntry = when('logout-clears-cookie-only')
const tokensInCookie = when('tokens-in-sealed-cookie')
const vaultAway = when('vault-down-counts-as-signed-out')

export const vaultMutants = defineNextMutants([
  {
    name: 'logout-clears-cookie-only',
    defect: 'A logout clears the cookie and leaves the entry in the vault.',
    kills: { 'VAULT-08': /^(list|create|preview) with the cookies from before the logout/ },
    edits: [
      {
        file: 'lib/logic/accounts.ts',
        find: '  await vault.delete(vaultKey).catch(() => {',
        put: `  if (!(${keepsEntry})) await vault.delete(vaultKey).catch(() => {`,
      },
    ],
  },
  {
    name: 'tokens-in-sealed-cookie',
    defect: 'The sealed iron-session cookie holds the tokens too.',
    kills: { 'VAULT-03': /bytes|login with a large token/ },
    edits: [
      {
        file: 'lib/api/auth.ts',
        find: '    session.vaultKey = vaultKey\n',
        put: `    session.vaultKey = vaultKey
    if (${tokensInCookie}) Object.assign(session, await conduit().vault.read(vaultKey))
`,
      },
      {
        file: 'lib/api/auth.ts',
        find: "import { z } from 'zod'\n",
        put: "import { z } from 'zod'\nimport { conduit } from '@/lib/conduit-request'\n",
      },
    ],
  },
  {
    name: 'vault-down-counts-as-signed-out',
    defect: 'A vault that cannot be reached counts as a session that has ended.',
    kills: { 'RESIL-05': /./ },
    edits: [
      {
        file: 'lib/conduit-request.ts',
        find: "      : new AppError('UNAVAILABLE', 'Sessions cannot be read right now; try again in a moment.')",
        put: `      : ${vaultAway}
        ? new AppError('NOT_AUTHENTICATED', 'Log in again.', { endsSession: true })
        : new AppError('UNAVAILABLE', 'Sessions cannot be read right now; try again in a moment.')`,
      },
    ],
  },
])
