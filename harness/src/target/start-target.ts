import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { SetupProblem } from '../verdict/outcome-errors.ts'
import { setupText } from '../setup-text.ts'
import { freePort } from './free-port.ts'
import { startAgainAndAgain, type Instance, type Running } from './running-instance.ts'
import { runBuild, spawnInstance } from './spawn-instance.ts'
import type { Target } from './schema.ts'
import { startModule } from './start-module.ts'
import { fillText, mentions, type TemplateValues } from './template.ts'
import { awaitReady, type Waiting } from './await-ready.ts'

/** What to start, and the templates of each instance apart from `port`. */
export interface StartPlan {
  target: Target
  folder: string
  /** Template values per instance. */
  values: readonly TemplateValues[]
  /** Laid over the environment of the target file (`MUTANT=…`). */
  extraEnv?: Readonly<Record<string, string>>
  /** Ends the start early. */
  signal?: AbortSignal | undefined
  /** Is told what is waited for when that takes long. */
  onWait?: ((text: string) => void) | undefined
}

/** Starts every instance and waits until each is ready. Throws `SetupProblem` and stops what it started when one is not. */
export async function startTarget(plan: StartPlan): Promise<Instance[]> {
  const { start } = plan.target
  const cwd = resolve(plan.folder, start.cwd ?? '.')
  if (!existsSync(cwd))
    throw new SetupProblem(
      setupText({ problem: `there is no folder ${cwd}.`, change: 'Correct start.cwd.' }),
    )
  if (start.build !== undefined) await runBuild(start.build, cwd, plan.signal)
  // One that does not start ends the wait for the others.
  const failed = new AbortController()
  const signal = AbortSignal.any([failed.signal, ...(plan.signal ? [plan.signal] : [])])
  let first: unknown
  const begun = await Promise.allSettled(
    plan.values.map((values, index) =>
      startOne({ ...plan, signal }, values, { cwd, index }).catch((error: unknown) => {
        first ??= error
        failed.abort()
        throw error
      }),
    ),
  )
  const instances = begun.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  if (instances.length === begun.length) return instances
  await Promise.all(instances.map((instance) => instance.stop()))
  throw first
}

async function startOne(
  plan: StartPlan,
  values: TemplateValues,
  { cwd, index }: { cwd: string; index: number },
): Promise<Instance> {
  const { start } = plan.target
  const label = `i${index + 1}`
  const waiting: Waiting = {
    label,
    target: plan.target,
    command: start.command === undefined ? undefined : `${start.command} (in ${cwd})`,
    signal: plan.signal,
    onWait: plan.onWait,
  }
  if (start.urls) return attach(start.urls[index] ?? '', waiting)
  const envFor = (port: number) => ({
    ...filledEnv(start.env, { ...values, port: String(port) }),
    ...plan.extraEnv,
  })
  const { module } = start
  return startAgainAndAgain(label, (port) =>
    module === undefined
      ? startCommand(waiting, { cwd, port, envFor })
      : startModule(resolve(cwd, module), envFor(port)),
  )
}

interface CommandPlan {
  cwd: string
  /** 0 for a free one. */
  port: number
  envFor: (port: number) => Record<string, string>
}

async function startCommand(
  waiting: Waiting,
  { cwd, port: wanted, envFor }: CommandPlan,
): Promise<Running> {
  const { start } = waiting.target
  if (!mentions(start.env, 'port'))
    throw new SetupProblem(
      setupText({
        problem: 'start.env tells the BFF no port.',
        sent: waiting.command,
        change:
          "Give {{port}} to the variable that the BFF reads its port from: start.env: { PORT: '{{port}}' }.",
      }),
    )
  const port = wanted === 0 ? await freePort() : wanted
  const { command = '', stop: signal } = start
  const spawned = spawnInstance({ command, cwd, env: envFor(port), signal })
  const running: Running = {
    exited: () => spawned.exited(),
    output: () => spawned.output(),
    stop: () => spawned.stop(),
    kill: () => spawned.kill(),
    usage: () => spawned.usage(port),
    url: `http://127.0.0.1:${port}`,
    ...(signal === 'SIGKILL' ? {} : { end: (ms) => spawned.end(port, ms) }),
  }
  await awaitReady(running, waiting, spawned.pid)
  return running
}

const filledEnv = (env: Readonly<Record<string, string>>, values: TemplateValues) =>
  Object.fromEntries(
    Object.entries(env).map(([name, template]) => [name, fillText(template, values)]),
  )

async function attach(url: string, waiting: Waiting): Promise<Instance> {
  const instance: Instance = {
    label: waiting.label,
    url: url.replace(/\/$/, ''),
    stop: () => Promise.resolve(),
    output: () => '',
    exited: () => undefined,
  }
  await awaitReady(instance, waiting)
  return instance
}
