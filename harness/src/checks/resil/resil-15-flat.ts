import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import type { Exchange } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { dataRoutes, isSuccess, tally } from '../shared/answers.ts'
import { figuresOf, grown, shownFigure, type Sample } from '../shared/growth.ts'

const CALLS = 2000
/** Calls between two samples; each begins with expiries. */
const BLOCK = 50
/** Users whose tokens run out in each block: what an answer of 401 leaves open adds up. */
const EXPIRED = 6
const PARALLEL = 10
const QUIET_MS = 3000
const MIB = 1024 * 1024
/** So many that a limit of calls per user is not met. */
const USERS = 16
/** Keys that come and go. */
const LOOSE_KEYS = 4
/** Further rounds for what has grown: a heap that fills up before it is swept comes to rest, a leak does not. */
const FURTHER_ROUNDS = 2
/** After this one further round has to do. */
const ENOUGH_MS = 60_000
/** After this a round makes no more calls: two that are this slow stay within what a check may take. */
const ROUND_MS = 100_000
/** With fewer calls than these the thirds are too short to tell anything. */
const LEAST_CALLS = 600
/** Of ten calls one creates, for lists should stay short. */
const CREATE_EVERY = 10
/** What lives two minutes at most is a lock or a hand-over. */
const PASSING_MS = 120_000

export const resil15 = defineCheck({
  id: 'RESIL-15',
  title: 'Two thousand calls later nothing has grown: memory, sockets, vault',
  level: 'SHOULD',
  profiles: ['hardening'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['VAULT-05', 'REFRESH-01'],
  requirement: ['last third against middle third: 10 % at most', 'ASVS5-16.5.2'],
  source: [],
  mutants: [
    'listener-leak',
    'connection-per-preview',
    'vault-key-per-renewal',
    'refusals-left-unread',
  ],
  usualCauses: [
    'a listener is added with every request and never taken off',
    'a client with connections of its own is made for each call',
    'every renewal leaves a key that nobody deletes',
    'the body of an answer that is an error is neither read nor closed, and its connection is lost',
  ],
  async run(ctx) {
    if (ctx.instances.every(({ usage }) => usage?.() === undefined))
      ctx.skip(
        'memory and sockets are seen only of a target that the harness started as a process, on Linux',
      )
    const users = await Promise.all(Array.from({ length: USERS }, () => ctx.signedIn()))
    const begun = performance.now()
    const samples: Sample[] = []
    const round = async () => {
      const answers: Exchange[] = []
      const start = performance.now()
      for (let block = 0; block < CALLS / BLOCK; block += 1) {
        if (performance.now() - start > ROUND_MS) break
        answers.push(...(await oneBlock(ctx, users, block)))
        await ctx.backend.control.quiet(QUIET_MS).catch(() => undefined)
        samples.push(await sample(ctx))
      }
      return answers
    }
    const since = await ctx.mark()
    expectWorking(ctx, await round())
    if (samples.length * BLOCK < CALLS) ctx.note(shortened(samples.length * BLOCK))
    ctx.witness(
      `${samples.length * BLOCK} calls before growth is looked at`,
      samples.length * BLOCK >= LEAST_CALLS,
    )
    const renewals = (await ctx.journal(since)).renewed().length
    ctx.witness(`${renewals} renewals`, renewals > 0 || !ctx.discovery.expiry.includes('decree'))
    let growth = grown(samples)
    for (let more = 0; more < FURTHER_ROUNDS && growth.length > 0; more += 1) {
      if (more > 0 && performance.now() - begun > ENOUGH_MS) break
      await round()
      const names = growth.map(({ what }) => what)
      growth = grown(samples).filter(({ what }) => names.includes(what))
    }
    ctx.note(`calls: ${samples.length * BLOCK}; ${figuresOf(samples).map(shownFigure).join('; ')}`)
    ctx.expect('what has grown', [], growth.map(shownFigure))
  },
})

const shortened = (calls: number): string =>
  `${calls} calls instead of ${CALLS}: they took ${ROUND_MS / 1000} s, and a round takes no longer. A slow leak may pass.`

/** The tokens of some run out and are renewed; then everybody calls. */
async function oneBlock(
  ctx: CheckContext,
  users: readonly Session[],
  block: number,
): Promise<Exchange[]> {
  const routes = dataRoutes(ctx).filter((route) => route !== 'create')
  const first = users[block % users.length]
  const expired = Array.from({ length: EXPIRED }, (_, at) => users[(block + at) % users.length])
  if (ctx.discovery.expiry.includes('decree'))
    await Promise.all(expired.flatMap((each) => (each ? [ctx.expire(each.user)] : [])))
  const answers = await Promise.all(
    expired.flatMap((each) =>
      each ? [each.call('list', { instance: block % ctx.instances.length })] : [],
    ),
  )
  const jobs = Array.from({ length: BLOCK - EXPIRED }, (_, call) => call)
  const work = async () => {
    for (let call = jobs.shift(); call !== undefined; call = jobs.shift()) {
      const creates = call % CREATE_EVERY === 0 && ctx.target.routes.create !== undefined
      const route = creates ? 'create' : (routes[call % routes.length] ?? 'list')
      const user = users[(call + block) % users.length] ?? first
      const answer = await user?.call(route, { instance: call % ctx.instances.length })
      if (answer) answers.push(answer)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  return answers
}

async function sample(ctx: CheckContext): Promise<Sample> {
  const held = ctx.instances.flatMap(({ label, usage }) => {
    const seen = usage?.()
    if (seen === undefined) return []
    return [
      { what: `MiB of ${label}`, value: Math.round(seen.bytes / MIB), slack: 16 },
      { what: `sockets of ${label}`, value: seen.sockets, slack: 2 * PARALLEL },
    ]
  })
  const lives = [...((await ctx.vault.lives?.())?.values() ?? [])]
  const kept = lives.filter((life) => life === undefined || life > PASSING_MS).length
  return [...held, { what: 'keys in the vault', value: kept, slack: LOOSE_KEYS }]
}

function expectWorking(ctx: CheckContext, answers: readonly Exchange[]): void {
  const good = answers.filter(isSuccess).length
  ctx.witness(
    `${answers.length} calls, most of them good (${tally(answers)})`,
    good >= answers.length * 0.9,
  )
}
