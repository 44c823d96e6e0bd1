import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isRecord } from '../is-record.ts'
import { openExchange, type Exchange, type HeaderList } from '../instruments/http-exchange.ts'
import { until } from '../instruments/settle.ts'
import { SetupProblem } from '../verdict/outcome-errors.ts'
import { freePort } from './free-port.ts'
import { runBuild, spawnInstance, type Spawned } from './spawn-instance.ts'
import type { Target } from './schema.ts'
import { fillText, type TemplateValues } from './template.ts'

/** One running instance of the BFF. */
export interface Instance {
  /** `i1`, `i2` …: the label of its backend port in the journal. */
  label: string
  url: string
  stop(): Promise<void>
  /** What it printed so far; empty where the harness cannot see it. */
  output(): string
}

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
  const port = start.module === undefined ? await freePort() : 0
  const env = { ...filledEnv(start.env, { ...values, port: String(port) }), ...plan.extraEnv }
  if (start.module !== undefined) return startModule(label, resolve(cwd, start.module), env)
  const spawned = spawnInstance({ command: start.command ?? '', cwd, env, signal: start.stop })
  const instance: Instance = {
    label,
    url: `http://127.0.0.1:${port}`,
    stop: () => spawned.stop(),
    output: () => spawned.output(),
  }
  await ready(instance, plan.target, spawned)
  return instance
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
  }
  await ready(instance, target, undefined)
  return instance
}

type Start = (env: Record<string, string>) => Promise<{ url: string; stop(): Promise<void> }>

const hasStart = (loaded: unknown): loaded is { start: Start } =>
  isRecord(loaded) && typeof loaded['start'] === 'function'

async function startModule(
  label: string,
  file: string,
  env: Record<string, string>,
): Promise<Instance> {
  const loaded: unknown = await import(pathToFileURL(file).href)
  if (!hasStart(loaded)) throw new SetupProblem(`${file} exports no start(env) function.`)
  const running = await loaded.start(env)
  return {
    label,
    url: running.url.replace(/\/$/, ''),
    stop: () => running.stop(),
    output: () => '',
  }
}

/** Start-up is the one step that may poll: nothing else tells that a process listens. */
async function ready(
  instance: Instance,
  target: Target,
  spawned: Spawned | undefined,
): Promise<void> {
  const { ready: wanted } = target.start
  let last = 'nothing listens yet'
  const isReady = await until(
    wanted.within,
    async () => {
      if (spawned?.exited()) return true
      const answer = await firstAnswer(instance, target)
      last = answer.failure ?? `status ${answer.status}`
      return answer.failure === undefined && (wanted.status?.includes(answer.status) ?? true)
    },
    50,
  )
  if (spawned?.exited())
    throw new SetupProblem(
      `start.command of ${instance.label} ended (${spawned.exited() ?? ''}) before it was ready. It printed:\n${tail(spawned.output())}`,
    )
  if (isReady) return
  await instance.stop()
  throw new SetupProblem(
    `${instance.label} was not ready within ${wanted.within} ms: GET ${instance.url}${wanted.get} → ${last}. Check start.command, PORT in start.env and start.ready.${spawned ? ` It printed:\n${tail(spawned.output())}` : ''}`,
  )
}

/** A process told to listen on `localhost` may have taken the IPv6 loopback only; the address that answers is kept. */
async function firstAnswer(instance: Instance, target: Target): Promise<Exchange> {
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
