import { env } from '@/lib/env'

/** Ends the process, saying what is missing, when the environment does not allow a safe start. */
export function refuseBadStart(): void {
  try {
    const { redisUrl } = env()
    if (redisUrl === 'embedded:')
      console.warn(
        'REDIS_URL=embedded: tokens live in this process only. One instance, lost at restart: for development.',
      )
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
