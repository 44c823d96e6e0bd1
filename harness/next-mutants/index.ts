import { leakMutants } from './leak.ts'
import type { NextMutant } from './next-mutant.ts'
import { previewMutants } from './preview.ts'
import { refreshMutants } from './refresh.ts'
import { rulesMutants } from './rules.ts'
import { sessionMutants } from './session.ts'
import { vaultMutants } from './vault.ts'

/** Every mutant of the Next.js sample, all in one build. */
export const nextMutants: readonly NextMutant[] = [
  ...vaultMutants,
  ...refreshMutants,
  ...leakMutants,
  ...previewMutants,
  ...rulesMutants,
  ...sessionMutants,
]
