import type { World } from '../world/world.ts'

/** A user's or team's part in a team: `User:<id>` is `member` of `Team:<id>`. */
export interface TeamRelation {
  subject: string
  relation: string
  resource: string
}

const SCHEMA = 'Relationship'

const idOf = ({ subject, relation, resource }: TeamRelation) => `${subject}#${relation}@${resource}`

export function addRelation(world: World, relation: TeamRelation): void {
  world.store.table(SCHEMA).replace({ _id: idOf(relation), ...relation })
}
