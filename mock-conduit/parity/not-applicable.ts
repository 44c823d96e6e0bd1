/** A step that this replay cannot play: a form of recording it does not know, or a server that cannot be asked. The message is the reason shown. */
export class NotApplicable extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'NotApplicable'
  }
}

/** A key that is not known stands for something the replay would leave out: better said than left out. */
export function refuseUnknownKeys(what: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key))
  if (unknown.length > 0)
    throw new NotApplicable(`a ${what} with ${unknown.join(', ')}, which is not known`)
}
