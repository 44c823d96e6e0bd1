import { changedCall, isCreate } from '../upstream-calls.ts'
import { defineMutant } from '../mutant.ts'

export const scopeInBody = defineMutant({
  name: 'scope-in-body',
  defect: 'The scope of a create is sent in the body, where the backend does not look.',
  kills: { 'RULES-08': 'scope in the query' },
  apply: (parts) =>
    changedCall(parts, isCreate, ({ query, json, ...call }) => ({
      ...call,
      json: { ...(json as object), scope: query?.['scope'] },
    })),
})
