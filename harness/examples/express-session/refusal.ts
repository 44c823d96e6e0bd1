/** Ends a request with a status and one word. `over`: the session has ended. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly over: boolean
  constructor(
    status: number,
    word: string,
    { over = false, cause }: { over?: boolean; cause?: unknown } = {},
  ) {
    super(word, { cause })
    this.status = status
    this.over = over
  }
}
