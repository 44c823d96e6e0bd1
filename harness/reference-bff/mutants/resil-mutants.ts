import type { Mutant } from './mutant.ts'
import { quietlyClearsSession } from './resil/503-quietly-clears-session.ts'
import { outageClearsSession } from './resil/5xx-clears-session.ts'
import { axiosRetryOnPost } from './resil/axios-retry-on-post.ts'
import { breakerNeverCloses } from './resil/breaker-never-closes.ts'
import { crashOnEconnrefused } from './resil/crash-on-econnrefused.ts'
import { redisDownCountsAsAnonymous } from './resil/redis-down-counts-as-anonymous.ts'
import { redisDownHangs } from './resil/redis-down-hangs.ts'
import { refusedConnectionSignsOut } from './resil/refused-connection-signs-out.ts'
import { renewsOn5xx } from './resil/renews-on-5xx.ts'

/** The mutants for checks of the group RESIL, in catalogue order. */
export const resilMutants: readonly Mutant[] = [
  quietlyClearsSession,
  outageClearsSession,
  renewsOn5xx,
  breakerNeverCloses,
  refusedConnectionSignsOut,
  crashOnEconnrefused,
  redisDownCountsAsAnonymous,
  redisDownHangs,
  axiosRetryOnPost,
]
