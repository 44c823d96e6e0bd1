import type { OutboxMessage } from '../control/types.ts'
import type { PartKey, StatePart } from './part.ts'

/** What Conduit would have sent by mail. */
export class Outbox implements StatePart {
  readonly #messages: OutboxMessage[]

  constructor(messages: OutboxMessage[] = []) {
    this.#messages = messages
  }

  send(message: OutboxMessage): void {
    this.#messages.push(message)
  }

  messages(): readonly OutboxMessage[] {
    return this.#messages
  }

  fork(): Outbox {
    return new Outbox([...this.#messages])
  }
}

export const OUTBOX: PartKey<Outbox> = {
  name: 'outbox',
  create: () => new Outbox(),
  is: (part) => part instanceof Outbox,
}
