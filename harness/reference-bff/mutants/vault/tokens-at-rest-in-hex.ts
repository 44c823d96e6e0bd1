import { defineMutant } from '../mutant.ts'

export const tokensAtRestInHex = defineMutant({
  name: 'tokens-at-rest-in-hex',
  defect: 'What the vault stores is written in another alphabet, which is not encryption.',
  kills: { 'VAULT-14': 'tokens that can be read' },
  apply: (parts) => ({
    ...parts,
    seal: () => ({
      close: (text) => Buffer.from(text).toString('hex'),
      open: (sealed) => (sealed === '' ? undefined : Buffer.from(sealed, 'hex').toString('utf8')),
    }),
  }),
})
