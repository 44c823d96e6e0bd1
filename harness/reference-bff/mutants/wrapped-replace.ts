import type { Parts } from '../services.ts'
import type { Vault } from '../vault.ts'

type Replace = Vault['replace']
type VaultServices = Parameters<Parts['vault']>[0]

/** The parts with a vault that saves renewed tokens in another way. */
export function wrappedReplace(
  parts: Parts,
  wrap: (replace: Replace, about: { vault: Vault; services: VaultServices }) => Replace,
): Parts {
  return {
    ...parts,
    vault: (services) => {
      const vault = parts.vault(services)
      return {
        ...vault,
        replace: wrap((...saved) => vault.replace(...saved), { vault, services }),
      }
    },
  }
}
