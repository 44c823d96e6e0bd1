import { execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'
import {
  listenerOn,
  processTree,
  servingTree,
  usageOf,
  type Usage,
} from '../instruments/process-tree.ts'
import { until } from '../instruments/settle.ts'
import { SetupProblem } from '../verdict/outcome-errors.ts'
import { keptOutput } from './kept-output.ts'

/** A process of the target. */
export interface Spawned {
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

/** Runs a shell command in a process group of its own. The harness's environment is passed on below the target's. */
export function spawnInstance({ command, cwd, env, signal }: SpawnPlan): Spawned {
  const child = spawn(command, {
    cwd,
    shell: true,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
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
    exited: () => ended,
    output: () => output,
    async stop() {
      killGroup(child.pid, signal)
      if (!(await until(GRACE_MS, () => !groupLives(child.pid)))) killGroup(child.pid, 'SIGKILL')
    },
    async kill() {
      killGroup(child.pid, 'SIGKILL')
      await until(GRACE_MS, () => !groupLives(child.pid))
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

/** Runs `start.build` to its end. */
export async function runBuild(command: string, cwd: string): Promise<void> {
  try {
    await promisify(execFile)('/bin/sh', ['-c', command], { cwd, maxBuffer: 64 * 1024 * 1024 })
  } catch (cause) {
    throw new SetupProblem(
      `start.build failed: ${cause instanceof Error ? cause.message.slice(-2000) : String(cause)}`,
    )
  }
}
