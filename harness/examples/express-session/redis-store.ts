import { Store, type SessionData } from 'express-session'
import type { Redis } from 'ioredis'

type Done = (error?: unknown) => void
type Got = (error: unknown, session?: SessionData | null) => void

const LIFE_SECONDS = 12 * 3600

/** Express sessions in Redis, so that every instance knows them. No `touch`: an answer that only read the session writes nothing. */
export class RedisStore extends Store {
  readonly #redis: Redis

  constructor(redis: Redis) {
    super()
    this.#redis = redis
  }

  override get(id: string, got: Got): void {
    this.#redis.get(nameOf(id)).then(
      (text) => {
        got(null, text === null ? null : (JSON.parse(text) as SessionData))
      },
      (error: unknown) => {
        got(error)
      },
    )
  }

  override set(id: string, session: SessionData, done?: Done): void {
    settle(this.#redis.set(nameOf(id), JSON.stringify(session), 'EX', LIFE_SECONDS), done)
  }

  override destroy(id: string, done?: Done): void {
    settle(this.#redis.del(nameOf(id)), done)
  }
}

const nameOf = (id: string) => `express:${id}`

function settle(work: Promise<unknown>, done: Done = () => undefined): void {
  work.then(() => {
    done()
  }, done)
}
