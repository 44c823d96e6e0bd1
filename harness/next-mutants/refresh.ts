import { defineNextMutants, when } from './next-mutant.ts'

const everyRequest = when('no-single-flight')
const perProcess = when('in-process-lock')
const onTransient = when('logout-on-transient')
const afterLogout = when('save-after-logout')
const keepsOld = when('rotated-pair-not-saved')

export const refreshMutants = defineNextMutants([
  {
    name: 'no-single-flight',
    defect: 'Each request that meets a 401 renews, as the literal integration guide does.',
    kills: { 'REFRESH-04': /renew/ },
    edits: [
      {
        file: 'lib/renew-session.ts',
        find: '    const giveUpAt = performance.now() + options.waitMs\n',
        put: `    if (${everyRequest}) return renew(vaultKey, stale)
    const giveUpAt = performance.now() + options.waitMs
`,
      },
    ],
  },
  {
    name: 'in-process-lock',
    defect: 'The lock on a renewal is a set in memory, which other instances do not see.',
    kills: { 'REFRESH-05': /renew/ },
    edits: [
      {
        file: 'lib/renew-session.ts',
        find: '      if (await vault.lock(vaultKey, owner, options.leaseMs))\n',
        put: `      if (${perProcess} ? lockHere(vaultKey) : await vault.lock(vaultKey, owner, options.leaseMs))
`,
      },
      {
        file: 'lib/renew-session.ts',
        find: '      clearInterval(heartbeat)\n',
        put: '      clearInterval(heartbeat)\n      held.delete(vaultKey)\n',
      },
      {
        file: 'lib/renew-session.ts',
        find: 'function ended(): AppError {\n',
        put: `const held = new Set<string>()
const lockHere = (key: string) => !held.has(key) && held.add(key).has(key)

function ended(): AppError {
`,
      },
    ],
  },
  {
    name: 'logout-on-transient',
    defect: 'A renewal that fails with a 5xx ends the session.',
    kills: { 'REFRESH-12': /./ },
    edits: [
      {
        file: 'lib/renew-session.ts',
        find: '    if (status === 400 || status === 401 || status === 403) {\n',
        put: `    if (status === 400 || status === 401 || status === 403 || (${onTransient} && status >= 500)) {
`,
      },
    ],
  },
  {
    name: 'save-after-logout',
    defect: 'Renewed tokens are stored without a look at whether the session still exists.',
    kills: { 'SESSION-20': /^list with the/ },
    edits: [
      {
        file: 'lib/token-vault.ts',
        find: '      const value = sealed(vaultKey, generation + 1, tokens)\n',
        put: `      const value = sealed(vaultKey, generation + 1, tokens)
      if (${afterLogout})
        return (await redis.set(entryKey(vaultKey), value, 'EX', VAULT_TTL_SECONDS)) === 'OK'
`,
      },
    ],
  },
  {
    name: 'rotated-pair-not-saved',
    defect: 'The renewed access token is stored with the old refresh token.',
    kills: { 'REFRESH-03': /./ },
    edits: [
      {
        file: 'lib/renew-session.ts',
        find: '    return save(vaultKey, entry.generation, answer.data)\n',
        put: `    const { refreshToken } = ${keepsOld} ? entry : answer.data
    return save(vaultKey, entry.generation, { ...answer.data, refreshToken })
`,
      },
    ],
  },
])
