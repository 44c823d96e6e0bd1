import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { leaveWhileVaultIsAsked } from '../shared/aborted-vault-reads.ts'
import { dataRoutes, isSuccess, tally } from '../shared/answers.ts'

const ROUNDS = 3
const CALLS = 100
const TOGETHER = 10
const CALLS_AFTER = 20
/** Files left in the middle; each is more than sockets and pipes take in. */
const DOWNLOADS = 10
const DOWNLOAD_BYTES = 8 * 1024 * 1024
const CLOSED_WITHIN_MS = 15_000
const UNHANDLED = /unhandled ?(promise)? ?rejection|uncaught ?exception|ERR_UNHANDLED/i

export const resil10 = defineCheck({
  id: 'RESIL-10',
  title: 'Three hundred browsers that leave do no harm, and nobody gets what was meant for them',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['VAULT-05'],
  requirement: ['T-84', 'T-88', 'ASVS5-8: a cancelled command of a shared connection'],
  source: [],
  mutants: [
    'unhandled-abort-crash',
    'abort-keeps-slot',
    'left-download-keeps-slot',
    'replies-shift-after-abort',
  ],
  usualCauses: [
    'an abort rejects a promise that nobody handles',
    'the call to the backend is not ended, or never given back to its pool',
    'an abort ends the wait for a reply of the vault, whose connection then gives that reply to the next user',
    'downloads are counted, and one whose browser left in the middle is never counted out',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const reads = dataRoutes(ctx).filter((route) => route !== 'create')
    let met = 0
    for (let round = 0; round < ROUNDS; round += 1) met += await leaveTogether(ctx, session)
    if (reads.includes('preview')) await leaveDownloads(ctx, session)
    ctx.witness(
      `${ROUNDS * CALLS} calls were left, ${met} of them while the backend held them`,
      met >= TOGETHER,
    )
    const answers = []
    for (let call = 0; call < CALLS_AFTER; call += 1) {
      const route = reads[Math.floor(call / ctx.instances.length) % reads.length] ?? 'list'
      answers.push(await session.call(route, { instance: call % ctx.instances.length }))
    }
    ctx.require('answers to the next calls', answers.every(isSuccess), {
      expected: `2xx ×${CALLS_AFTER}`,
      got: tally(answers),
    })
    const waited = await leaveWhileVaultIsAsked(ctx)
    ctx.note(
      waited === 0
        ? 'nothing was asked of a vault that the harness can hold while browsers left'
        : `${waited} messages to the vault waited when their browsers left`,
    )
    let open: string[] = []
    await until(
      CLOSED_WITHIN_MS,
      async () => {
        const { entries } = await ctx.journal(0, session.user)
        open = entries.flatMap((entry) => (entry.close === 'open' ? [entry.operation] : []))
        return open.length === 0
      },
      250,
    )
    ctx.expect('upstream calls still open', [], open)
    for (const instance of ctx.instances) {
      ctx.expect(`how ${instance.label} ended`, undefined, instance.exited())
      const line = instance
        .output()
        .split('\n')
        .find((each) => UNHANDLED.test(each))
      ctx.expect(`unhandled errors that ${instance.label} printed`, undefined, line)
    }
  },
})

/** A third of them each to list, preview and create. Returns how many were held upstream when they left. */
async function leaveTogether(ctx: CheckContext, session: Session): Promise<number> {
  const routes = dataRoutes(ctx)
  const gate = await ctx.gate({ operation: '*', user: session.user.id, at: 'answer' })
  const opened = await Promise.all(
    Array.from({ length: CALLS }, (_, index) =>
      session.open(routes[index % routes.length] ?? 'list', {
        instance: index % ctx.instances.length,
      }),
    ),
  )
  await Promise.all(opened.map((each) => each.sent))
  await gate.waiting(TOGETHER, 8000)
  const held = await gate.now()
  for (const each of opened) each.abandon()
  await gate.release()
  await ctx.drain()
  return held
}

/** Previews that have begun, left in the middle of the file. */
async function leaveDownloads(ctx: CheckContext, session: Session): Promise<void> {
  const { file, documentId } = await ctx.backend.addGeneratedFile(session.user, 'left.bin', {
    bytes: DOWNLOAD_BYTES,
    seed: ctx.seed,
  })
  const values = { id: documentId ?? file.id, 'file.id': file.id, 'file.name': file.name }
  const opened = await Promise.all(
    Array.from({ length: DOWNLOADS }, (_, index) =>
      session.open('preview', { values, instance: index % ctx.instances.length }),
    ),
  )
  await Promise.all(opened.map((each) => Promise.race([each.head, each.done])))
  for (const each of opened) each.abandon()
  await ctx.drain()
}
