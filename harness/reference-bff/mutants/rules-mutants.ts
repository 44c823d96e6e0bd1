import type { Mutant } from './mutant.ts'
import { fetchAllThenSlice } from './rules/fetch-all-then-slice.ts'
import { filtersInMemory } from './rules/filters-in-memory.ts'
import { listViaAdminApi } from './rules/list-via-admin-api.ts'
import { scopeInBody } from './rules/scope-in-body.ts'
import { scopeMissing } from './rules/scope-missing.ts'
import { scopeUndefined } from './rules/scope-undefined.ts'
import { searchTermTooLoose } from './rules/search-term-too-loose.ts'
import { sendsMasterKey } from './rules/sends-master-key.ts'
import { skipsInPages } from './rules/skips-in-pages.ts'

/** The mutants for checks of the group RULES, in catalogue order. */
export const rulesMutants: readonly Mutant[] = [
  listViaAdminApi,
  sendsMasterKey,
  filtersInMemory,
  searchTermTooLoose,
  fetchAllThenSlice,
  skipsInPages,
  scopeInBody,
  scopeMissing,
  scopeUndefined,
]
