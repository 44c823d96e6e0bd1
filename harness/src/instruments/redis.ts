import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { freePort } from '../target/free-port.ts'
import { tcpAnswers } from '../target/tcp-answers.ts'

/** A Redis that the harness started, or one that it was pointed at. */
export interface RedisInstance {
  url: string
  stop(): Promise<void>
}

export const REDIS_MISSING =
  'no redis-server on this machine; install it (apt-get install -y redis-server) or pass --redis-url'

/** Where redis-server is installed; undefined when it is not. */
export const redisBinary = (path: string = process.env['PATH'] ?? ''): string | undefined =>
  path
    .split(delimiter)
    .map((folder) => join(folder, 'redis-server'))
    .find((file) => existsSync(file))

/** What still runs when the harness itself ends without an orderly stop goes with it. */
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a Redis that keeps nothing on disk, on a free port; undefined when none is installed. */
export async function startRedis(
  path: string = process.env['PATH'] ?? '',
): Promise<RedisInstance | undefined> {
  const binary = redisBinary(path)
  if (binary === undefined) return undefined
  const port = await freePort()
  const process_ = spawn(
    binary,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  )
  running.add(process_)
  process_.once('exit', () => running.delete(process_))
  await tcpAnswers(port, 10_000)
  return { url: `redis://127.0.0.1:${port}`, stop: () => stopProcess(process_) }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve()
    }),
  )
  child.kill('SIGTERM')
  await exited
}
