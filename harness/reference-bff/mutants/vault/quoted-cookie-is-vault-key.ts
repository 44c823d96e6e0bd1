import { defineMutant } from '../mutant.ts'

const MARK = 'sid:'

export const quotedCookieIsVaultKey = defineMutant({
  name: 'quoted-cookie-is-vault-key',
  defect:
    'The cookie is a quoted text with the name of its kind before the id, and the id alone is the key in the vault.',
  kills: { 'VAULT-14': 'keys that hold the value of a cookie' },
  apply: (parts) => ({
    ...parts,
    sessions(services) {
      const sessions = parts.sessions(services)
      const original = { ...sessions }
      const plain = (header: string | undefined) =>
        header?.replace(new RegExp(`"${MARK}([\\w-]*)"`, 'g'), '$1')
      return Object.assign(sessions, {
        keyOf: (id: string) => id,
        cookie: (id: string) => original.cookie(id).replace(id, `"${MARK}${id}"`),
        idIn: (header: string | undefined) => original.idIn(plain(header)),
        require: (header: string | undefined) => original.require(plain(header)),
      })
    },
  }),
})
