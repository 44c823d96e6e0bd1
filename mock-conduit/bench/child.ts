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
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = () => void child.kill('SIGTERM')
  if (url !== undefined) {
    await answers(url)
    return { url, process: child, stop }
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = JSON.parse(line) as { url: string }
    return { url: ready.url, process: child, stop }
  }
  throw new Error(`${command} ${args.join(' ')} ended without saying where it listens.`)
}

/** Servers that say nothing useful are asked until they answer. */
async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await fetch(url).catch(() => undefined)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${url} does not answer.`)
}
