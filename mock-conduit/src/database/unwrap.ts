import type { Row } from '../wire/route.ts'
import type { SchemaModel } from './schema-model.ts'
import { isFields } from '../is-object.ts'

/** Where a schema has nested objects, the backend looks for their columns in whatever stands in a document, and stumbles over null in a list: after a write as before an answer. Source: sequelize-adapter/utils/pathUtils.ts:39-110. */
export function requireUnwrappable(model: SchemaModel, row: Row): void {
  if (model.nests && holdsNullItem(row))
    throw new TypeError("Cannot read properties of null (reading 'hasOwnProperty')")
}

function holdsNullItem(value: object): boolean {
  return Object.values(value).some((each: unknown) =>
    Array.isArray(each)
      ? each.some((item: unknown) => item === null || (isFields(item) && holdsNullItem(item)))
      : isFields(each) && holdsNullItem(each),
  )
}
