/** `subject` has `relation` on `resource`; all identifiers are `Type:id`. */
export interface Relation {
  subject: string
  relation: string
  resource: string
}

/** The collection that relations are kept in. */
export const RELATIONS = 'Relationship'

/** The text that names a relation. Source: AZ/utils/index.ts:38-44. */
export function tupleOf({ subject, relation, resource }: Relation): string {
  return `${subject}#${relation}@${resource}`
}
