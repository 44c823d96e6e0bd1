import { randomBytes, randomUUID } from 'node:crypto'

/** Every identifier and secret the mock makes comes from here, so that a test can make them predictable. */
export interface Ids {
  /** A uuid v4, as PostgreSQL ids are. */
  uuid(): string
  bytes(length: number): Buffer
}

export const randomIds: Ids = { uuid: randomUUID, bytes: randomBytes }
