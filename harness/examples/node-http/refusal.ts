/** An answer that is not the wanted one. `over`: the session has ended, so the cookie goes too. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly over: boolean
  constructor(status: number, word: string, over = false) {
    super(word)
    this.status = status
    this.over = over
  }
}

export const signedOut = (): Refusal => new Refusal(401, 'signed out', true)
