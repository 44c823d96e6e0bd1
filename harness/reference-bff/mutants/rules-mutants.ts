import type { Mutant } from './mutant.ts'
import { browserCallsBackend } from './rules/browser-calls-backend.ts'
import { clientScopePassthrough } from './rules/client-scope-passthrough.ts'
import { clientSideFilterUi } from './rules/client-side-filter-ui.ts'
import { clientSecretInPage } from './rules/client-secret-in-page.ts'
import { clientSecretToStorage } from './rules/client-secret-to-storage.ts'
import { fetchAllThenSlice } from './rules/fetch-all-then-slice.ts'
import { filtersInMemory } from './rules/filters-in-memory.ts'
import { filtersOnePage } from './rules/filters-one-page.ts'
import { foreignScopeDropped } from './rules/foreign-scope-dropped.ts'
import { grpcInLazyChunk } from './rules/grpc-in-lazy-chunk.ts'
import { grpcSdkInClient } from './rules/grpc-sdk-in-client.ts'
import { limitPassthrough } from './rules/limit-passthrough.ts'
import { listViaAdminApi } from './rules/list-via-admin-api.ts'
import { manyWithoutScope } from './rules/many-without-scope.ts'
import { pageCarriesWholeList } from './rules/page-carries-whole-list.ts'
import { pageSlicesAll } from './rules/page-slices-all.ts'
import { pageSortsItself } from './rules/page-sorts-itself.ts'
import { logoutLocalOnly } from './rules/logout-local-only.ts'
import { logoutWaitsForBackend } from './rules/logout-waits-for-backend.ts'
import { logoutWithRefreshToken } from './rules/logout-with-refresh-token.ts'
import { previewByFileDataMutant } from './rules/preview-by-file-data.ts'
import { queryPassthrough } from './rules/query-passthrough.ts'
import { rangesByFileData } from './rules/ranges-by-file-data.ts'
import { renewsWithoutClient } from './rules/renews-without-client.ts'
import { scopeInBody } from './rules/scope-in-body.ts'
import { scopeKeptPerUser } from './rules/scope-kept-per-user.ts'
import { scopeLostByRenewal } from './rules/scope-lost-by-renewal.ts'
import { scopeMissing } from './rules/scope-missing.ts'
import { scopeModuleGlobal } from './rules/scope-module-global.ts'
import { scopeOfNobody } from './rules/scope-of-nobody.ts'
import { scopeOfFirstUser } from './rules/scope-of-first-user.ts'
import { scopeOnlyOnFirstAttempt } from './rules/scope-only-on-first-attempt.ts'
import { scopeSetPerRequest } from './rules/scope-set-per-request.ts'
import { scopeUndefined } from './rules/scope-undefined.ts'
import { searchTermTooLoose } from './rules/search-term-too-loose.ts'
import { sendsMasterKey } from './rules/sends-master-key.ts'
import { skipsInPages } from './rules/skips-in-pages.ts'
import { picturesWithoutScope } from './rules/pictures-without-scope.ts'
import { uploadWithoutScope } from './rules/upload-without-scope.ts'
import { sortNotPassedOn } from './rules/sort-not-passed-on.ts'
import { sortsPageItself } from './rules/sorts-page-itself.ts'
import { scopeOfSessionBefore } from './rules/scope-of-session-before.ts'

/** The mutants for checks of the group RULES, in catalogue order. */
export const rulesMutants: readonly Mutant[] = [
  listViaAdminApi,
  sendsMasterKey,
  grpcInLazyChunk,
  grpcSdkInClient,
  browserCallsBackend,
  filtersInMemory,
  filtersOnePage,
  searchTermTooLoose,
  fetchAllThenSlice,
  skipsInPages,
  clientSideFilterUi,
  pageCarriesWholeList,
  pageSortsItself,
  pageSlicesAll,
  sortNotPassedOn,
  sortsPageItself,
  scopeInBody,
  scopeLostByRenewal,
  scopeMissing,
  scopeUndefined,
  scopeOnlyOnFirstAttempt,
  manyWithoutScope,
  uploadWithoutScope,
  picturesWithoutScope,
  scopeModuleGlobal,
  scopeOfFirstUser,
  scopeOfNobody,
  scopeSetPerRequest,
  scopeKeptPerUser,
  scopeOfSessionBefore,
  clientScopePassthrough,
  foreignScopeDropped,
  queryPassthrough,
  limitPassthrough,
  logoutLocalOnly,
  logoutWaitsForBackend,
  logoutWithRefreshToken,
  clientSecretToStorage,
  clientSecretInPage,
  renewsWithoutClient,
  previewByFileDataMutant,
  rangesByFileData,
]
