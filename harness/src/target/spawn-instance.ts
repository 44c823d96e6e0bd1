import { spawn } from 'node:child_process'
import {
  listenerOn,
  processTree,
  servingTree,
  usageOf,
  type Usage,
} from '../instruments/process-tree.ts'
import { until } from '../instruments/settle.ts'
import { lastLines, setupText } from '../setup-text.ts'
import { Interrupted, SetupProblem } from '../verdict/outcome-errors.ts'
import { keptOutput } from './kept-output.ts'

/** A process of the target. */
export interface Spawned {
  /** Of the shell, which is also that of its process group; undefined when it could not be started. */
  pid: number | undefined
  /** `code 1` or `SIGTERM` once it ended. */
  exited(): string | undefined
  output(): string
  /** Sends the target's stop signal, and SIGKILL to its process group when it does not end within 10 s. */
  stop(): Promise<void>
  /** SIGKILL to its process group; resolves when it is gone. */
  kill(): Promise<void>
  /** Sends the stop signal once, to the process that listens on `port`, and gives it `ms` to end; tells whether it did. */
  end(port: number, ms: number): Promise<boolean>
  /** What the processes hold that serve `port`; undefined where that cannot be seen. */
  usage(port: number): Usage | undefined
}

export interface SpawnPlan {
  command: string
  cwd: string
  env: Readonly<Record<string, string>>
  signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'
}

const GRACE_MS = 10_000

/** What still runs when the harness itself ends without an orderly stop goes with it. */
const groups = new Set<number>()
process.on('exit', () => {
  for (const pid of groups) killGroup(pid, 'SIGKILL')
})

/** Runs a shell command in a process group of its own. The harness's environment is passed on below the target's. */
export function spawnInstance({ command, cwd, env, signal }: SpawnPlan): Spawned {
  const child = spawn(command, {
    cwd,
    shell: true,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid !== undefined) groups.add(child.pid)
  const gone = () => {
    if (child.pid !== undefined) groups.delete(child.pid)
  }
  let output = ''
  let ended: string | undefined
  const keep = (chunk: Buffer) => {
    output = keptOutput(output + chunk.toString('utf8'))
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.on('error', (error) => {
    ended ??= error.message
  })
  child.on('exit', (code, by) => {
    ended ??= by ?? `code ${String(code)}`
  })
  return {
    pid: child.pid,
    exited: () => ended,
    output: () => output,
    async stop() {
      killGroup(child.pid, signal)
      if (!(await until(GRACE_MS, () => !groupLives(child.pid)))) killGroup(child.pid, 'SIGKILL')
      gone()
    },
    async kill() {
      killGroup(child.pid, 'SIGKILL')
      await until(GRACE_MS, () => !groupLives(child.pid))
      gone()
    },
    async end(port, ms) {
      // Wrappers such as npm pass a signal on, and an application that gets it twice may end at once.
      const listener = listenerOn(port, processTree(child.pid ?? 0))
      if (listener === undefined) killGroup(child.pid, signal)
      else process.kill(listener, signal)
      return until(ms, () => !groupLives(child.pid))
    },
    usage: (port) =>
      child.pid === undefined ? undefined : usageOf(servingTree(port, processTree(child.pid))),
  }
}

/** The shell, and what it started, form one group whose id is the shell's pid. */
function killGroup(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}

const groupLives = (pid: number | undefined) => killGroup(pid, 0)

/** Runs `start.build` to its end, or until the signal. */
export async function runBuild(command: string, cwd: string, signal?: AbortSignal): Promise<void> {
  const build = spawnInstance({ command, cwd, env: {}, signal: 'SIGTERM' })
  await until(
    Number.POSITIVE_INFINITY,
    () => build.exited() !== undefined || signal?.aborted === true,
    50,
  )
  if (signal?.aborted) {
    await build.stop()
    throw new Interrupted()
  }
  const how = build.exited()
  if (how !== 'code 0')
    throw new SetupProblem(
      setupText({
        problem: `start.build ended with ${how ?? 'nothing'}.`,
        sent: `${command} (in ${cwd})`,
        printed: lastLines(build.output(), 25),
        change: 'Mend the build, or correct start.build and start.cwd.',
      }),
    )
}
