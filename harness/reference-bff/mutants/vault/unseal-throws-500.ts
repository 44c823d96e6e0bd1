import { defineMutant } from '../mutant.ts'

export const unsealThrows500 = defineMutant({
  name: 'unseal-throws-500',
  defect: 'A cookie that is not well formed is an exception that nobody catches.',
  kills: { 'VAULT-11': /^\w+ with a \S+ that is garbage$/ },
  apply: (parts) => ({
    ...parts,
    sessions: (services) => {
      const sessions = parts.sessions(services)
      const original = { ...sessions }
      return Object.assign(sessions, {
        idIn(header: string | undefined) {
          const id = original.idIn(header)
          if (id === undefined && /bff_session=./.test(header ?? ''))
            throw new TypeError('not a session cookie')
          return id
        },
      })
    },
  }),
})
