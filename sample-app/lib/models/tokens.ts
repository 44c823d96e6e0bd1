/** A pair as Conduit gives it. */
export interface TokenPair {
  accessToken: string
  refreshToken: string
}

/** A pair as the vault holds it; `generation` counts the pairs of one session, from 1. */
export interface VaultEntry extends TokenPair {
  generation: number
}
