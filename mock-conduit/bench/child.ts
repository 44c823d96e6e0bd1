import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Child {
  url: string
  process: ChildProcess
  stop(): void
}

/** Starts a program of ours that prints `{"url": …}` when it listens. Packages are taken compiled: there is no condition `source`. */
export async function startScript(script: string, ...args: string[]): Promise<Child> {
  return startProgram(process.execPath, ['--import', 'tsx', script, ...args])
}

export async function startProgram(command: string, args: string[], url?: string): Promise<Child> {
  const speaks = url === undefined
  // A group of its own: npx leaves the program that it started behind, which would keep this process waiting.
  const child = spawn(command, args, {
    stdio: ['ignore', speaks ? 'pipe' : 'ignore', 'inherit'],
    detached: true,
  })
  const stop = () => {
    endGroup(child)
  }
  process.once('exit', stop)
  if (url !== undefined) {
    await answers(url)
    return { url, process: child, stop }
  }
  if (!child.stdout) throw new Error(`${command} has no output to read.`)
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = JSON.parse(line) as { url: string }
    return { url: ready.url, process: child, stop }
  }
  throw new Error(`${command} ${args.join(' ')} ended without saying where it listens.`)
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGTERM')
  } catch {
    // It has ended already.
  }
}

/** Servers that say nothing useful are asked until they answer. */
async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await fetch(url).catch(() => undefined)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${url} does not answer.`)
}
