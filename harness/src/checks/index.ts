import type { Check } from '../check.ts'
import { leak01 } from './leak/leak-01-every-answer.ts'
import { leak02 } from './leak/leak-02-upstream-cookies.ts'
import { leak10 } from './leak/leak-10-errors.ts'
import { preview01 } from './preview/preview-01-bytes.ts'
import { preview02 } from './preview/preview-02-storage-request.ts'
import { preview03 } from './preview/preview-03-no-redirect.ts'
import { preview04 } from './preview/preview-04-streams.ts'
import { preview06 } from './preview/preview-06-abort.ts'
import { refresh01 } from './refresh/refresh-01-one-renewal.ts'
import { refresh02 } from './refresh/refresh-02-renew-request.ts'
import { refresh03 } from './refresh/refresh-03-three-times.ts'
import { refresh04 } from './refresh/refresh-04-single-flight.ts'
import { refresh05 } from './refresh/refresh-05-across-instances.ts'
import { refresh06 } from './refresh/refresh-06-straggler.ts'
import { refresh08 } from './refresh/refresh-08-bounded.ts'
import { refresh10 } from './refresh/refresh-10-terminal.ts'
import { refresh12 } from './refresh/refresh-12-transient.ts'
import { refresh22 } from './refresh/refresh-22-not-needed.ts'
import { vault01 } from './vault/vault-01-login-answer.ts'
import { vault02 } from './vault/vault-02-cookies.ts'
import { vault05 } from './vault/vault-05-any-instance.ts'
import { vault08 } from './vault/vault-08-logout.ts'
import { vault13 } from './vault/vault-13-no-session.ts'

/** Every check, in catalogue order. */
export const catalogue: readonly Check[] = [
  vault01,
  vault02,
  vault05,
  vault08,
  vault13,
  refresh01,
  refresh02,
  refresh03,
  refresh04,
  refresh05,
  refresh06,
  refresh08,
  refresh10,
  refresh12,
  refresh22,
  leak01,
  leak02,
  leak10,
  preview01,
  preview02,
  preview03,
  preview04,
  preview06,
]
