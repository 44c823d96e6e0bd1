import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isRecord } from '../is-record.ts'
import { openExchange, type Exchange, type HeaderList } from '../instruments/http-exchange.ts'
import { until } from '../instruments/settle.ts'
import { SetupProblem } from '../verdict/outcome-errors.ts'
import { freePort } from './free-port.ts'
import { startAgainAndAgain, type Instance, type Running } from './running-instance.ts'
import { runBuild, spawnInstance } from './spawn-instance.ts'
import type { Target } from './schema.ts'
import { fillText, type TemplateValues } from './template.ts'

/** What to start, and the templates of each instance apart from `port`. */
export interface StartPlan {
  target: Target
  folder: string
  /** Template values per instance. */
  values: readonly TemplateValues[]
  /** Laid over the environment of the target file (`MUTANT=…`). */
  extraEnv?: Readonly<Record<string, string>>
}

/** Starts every instance and waits until each is ready. Throws `SetupProblem` and stops what it started when one is not. */
export async function startTarget(plan: StartPlan): Promise<Instance[]> {
  const { start } = plan.target
  const cwd = resolve(plan.folder, start.cwd ?? '.')
  if (start.build !== undefined) await runBuild(start.build, cwd)
  const begun = await Promise.allSettled(
    plan.values.map((values, index) => startOne(plan, values, { cwd, index })),
  )
  const instances = begun.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const failed = begun.find((each) => each.status === 'rejected')
  if (!failed) return instances
  await Promise.all(instances.map((instance) => instance.stop()))
  throw failed.reason
}

async function startOne(
  plan: StartPlan,
  values: TemplateValues,
  { cwd, index }: { cwd: string; index: number },
): Promise<Instance> {
  const { start } = plan.target
  const label = `i${index + 1}`
  if (start.urls) return attach(label, start.urls[index] ?? '', plan.target)
  const envFor = (port: number) => ({
    ...filledEnv(start.env, { ...values, port: String(port) }),
    ...plan.extraEnv,
  })
  const { module } = start
  return startAgainAndAgain(label, (port) =>
    module === undefined
      ? startCommand(plan.target, { label, cwd, port, envFor })
      : startModule(resolve(cwd, module), envFor(port)),
  )
}

interface CommandPlan {
  label: string
  cwd: string
  /** 0 for a free one. */
  port: number
  envFor: (port: number) => Record<string, string>
}

async function startCommand(
  target: Target,
  { label, cwd, port: wanted, envFor }: CommandPlan,
): Promise<Running> {
  const port = wanted === 0 ? await freePort() : wanted
  const { command = '', stop: signal } = target.start
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
  await ready(label, running, target)
  return running
}

const filledEnv = (env: Readonly<Record<string, string>>, values: TemplateValues) =>
  Object.fromEntries(
    Object.entries(env).map(([name, template]) => [name, fillText(template, values)]),
  )

async function attach(label: string, url: string, target: Target): Promise<Instance> {
  const instance: Instance = {
    label,
    url: url.replace(/\/$/, ''),
    stop: () => Promise.resolve(),
    output: () => '',
    exited: () => undefined,
  }
  await ready(label, instance, target)
  return instance
}

type Start = (env: Record<string, string>) => Promise<{ url: string; stop(): Promise<void> }>

const hasStart = (loaded: unknown): loaded is { start: Start } =>
  isRecord(loaded) && typeof loaded['start'] === 'function'

async function startModule(file: string, env: Record<string, string>): Promise<Running> {
  const loaded: unknown = await import(pathToFileURL(file).href)
  if (!hasStart(loaded)) throw new SetupProblem(`${file} exports no start(env) function.`)
  const running = await loaded.start(env)
  return {
    url: running.url.replace(/\/$/, ''),
    stop: () => running.stop(),
    output: () => '',
    exited: () => undefined,
  }
}

/** Start-up is the one step that may poll: nothing else tells that a process listens. */
async function ready(label: string, instance: Running, target: Target): Promise<void> {
  const { ready: wanted } = target.start
  let last = 'nothing listens yet'
  const isReady = await until(
    wanted.within,
    async () => {
      if (instance.exited() !== undefined) return true
      const answer = await firstAnswer(instance, target)
      last = answer.failure ?? `status ${answer.status}`
      return answer.failure === undefined && (wanted.status?.includes(answer.status) ?? true)
    },
    50,
  )
  const exited = instance.exited()
  if (exited !== undefined)
    throw new SetupProblem(
      `start.command of ${label} ended (${exited}) before it was ready. It printed:\n${tail(instance.output())}`,
    )
  if (isReady) return
  await instance.stop()
  const printed = target.start.urls ? '' : ` It printed:\n${tail(instance.output())}`
  throw new SetupProblem(
    `${label} was not ready within ${wanted.within} ms: GET ${instance.url}${wanted.get} → ${last}. Check start.command, PORT in start.env and start.ready.${printed}`,
  )
}

/** A process told to listen on `localhost` may have taken the IPv6 loopback only; the address that answers is kept. */
async function firstAnswer(instance: Running, target: Target): Promise<Exchange> {
  const host = new URL(target.origin ?? instance.url).host
  const headers: HeaderList = [
    ['Host', host],
    ['Connection', 'close'],
  ]
  const ask = (url: string) =>
    openExchange(url, { method: 'GET', path: target.start.ready.get, headers }, 10_000).done
  const answer = await ask(instance.url)
  if (answer.failure === undefined || !instance.url.includes('127.0.0.1')) return answer
  const overIpv6 = instance.url.replace('127.0.0.1', '[::1]')
  const other = await ask(overIpv6)
  if (other.failure !== undefined) return answer
  instance.url = overIpv6
  return other
}

const tail = (text: string) => text.slice(-2000).trim() || '(nothing)'
