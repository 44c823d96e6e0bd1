import type { CheckContext } from '../../context.ts'
import type { Session } from '../../session.ts'
import { SetupProblem } from '../../verdict/outcome-errors.ts'

/** The schema that the list route shows, read from the upstream call it makes. Throws `SetupProblem` when that does not tell. */
export async function listedSchema(
  ctx: CheckContext,
  session: Session,
  query: Readonly<Record<string, string>>,
): Promise<string> {
  const since = await ctx.mark()
  await session.call('list', { query })
  const operations = (await ctx.journal(since, session.user)).data().map((entry) => entry.operation)
  for (const operation of operations) {
    const name = /\/database\/function\/([^/?]+)/.exec(operation)?.[1]
    const schema =
      name === undefined
        ? /\/database\/([^/?]+)/.exec(operation)?.[1]
        : ctx.backend.schemaOfEndpoint(name)
    if (schema !== undefined) return schema
  }
  throw new SetupProblem(
    `the list route called ${operations.join(', ') || 'nothing'} upstream, which shows no schema.`,
  )
}
