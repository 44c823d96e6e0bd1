import { defineCheck } from '../../check.ts'
import { isSuccess } from '../shared/answers.ts'

export const vault05 = defineCheck({
  id: 'VAULT-05',
  title: 'A session works on every instance',
  level: 'MUST',
  profiles: ['core', 'cluster'],
  needs: { routes: ['login', 'list'], instances: 2 },
  dependsOn: [],
  requirement: ['BBA#pattern-bff-sessions'],
  source: [],
  mutants: ['in-memory-vault'],
  usualCauses: [
    'tokens or sessions live in a map of the process',
    'each process makes its own cookie key',
  ],
  async run(ctx) {
    const session = await ctx.signedIn({ instance: 0 })
    const since = await ctx.mark()
    const statuses: string[] = []
    for (let instance = 1; instance < ctx.instances.length; instance += 1) {
      const answer = await session.call('list', { instance })
      statuses.push(isSuccess(answer) ? 'ok' : String(answer.status))
    }
    const others = (await ctx.journal(since, session.user)).data()
    ctx.witness(
      'a session was made on the first instance',
      (await ctx.generation(session.user)) > 0,
    )
    ctx.expect(
      'list on the other instances',
      statuses.map(() => 'ok'),
      statuses,
    )
    ctx.expect(
      'token generations used there',
      [1],
      [...new Set(others.map((entry) => entry.token?.generation))],
    )
  },
})
