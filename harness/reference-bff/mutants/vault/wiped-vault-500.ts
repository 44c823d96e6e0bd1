import { defineMutant } from '../mutant.ts'

export const wipedVault500 = defineMutant({
  name: 'wiped-vault-500',
  defect: 'A session that the vault does not know any more is an exception, not a signed-out user.',
  kills: { 'VAULT-10': 'list after the wipe' },
  collateral: ['VAULT-08', 'SESSION-06', 'SESSION-20'],
  apply: (parts) => ({
    ...parts,
    list: (services) => {
      const handler = parts.list(services)
      return async (c) => {
        const { sessions, vault } = services
        const id = sessions.idIn(c.req.header('cookie'))
        if (id !== undefined && !(await vault.read(sessions.keyOf(id))))
          throw new TypeError('cannot read properties of undefined')
        return handler(c)
      }
    },
  }),
})
