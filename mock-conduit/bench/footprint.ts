import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { readWorld, type WorldDefinition } from '@conduit-bff/fixtures'
import { startMockConduit } from 'mock-conduit'
import { median } from './load.ts'

export interface Footprint {
  nodeStartMs: number
  cliStartMs: number
  newWorldMs: number
  forkMs: number
  idleRssMb: number
  heapGrowthMb: number
}

const dist = join(import.meta.dirname, '../dist')
const cli = join(dist, 'cli.js')

/** Start-up, worlds and memory of the compiled package. Needs `npm run build` first. */
export async function measureFootprint(): Promise<Footprint> {
  const cliRuns = []
  const nodeRuns = []
  for (let run = 0; run < 9; run += 1) {
    nodeRuns.push(await untilExit(['-e', '0']))
    cliRuns.push(await untilListening())
  }
  return {
    nodeStartMs: median(nodeRuns),
    cliStartMs: median(cliRuns),
    ...(await worldCosts()),
    idleRssMb: await idleRss(),
    heapGrowthMb: await heapGrowth(),
  }
}

function untilExit(args: string[]): Promise<number> {
  const start = performance.now()
  return new Promise((resolve) => {
    spawn(process.execPath, args, { stdio: 'ignore' }).on('exit', () => {
      resolve(performance.now() - start)
    })
  })
}

function untilListening(): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, [cli, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve) => {
    child.stdout.once('data', () => {
      resolve(performance.now() - start)
      child.kill('SIGTERM')
    })
  })
}

/** Medians over 50 worlds in one process. */
async function worldCosts(): Promise<{ newWorldMs: number; forkMs: number }> {
  const { realPorts, Worlds } = (await import(
    join(dist, 'worlds.js')
  )) as typeof import('../src/worlds.ts')
  const worlds = new Worlds(realPorts, { api: 'http://localhost', storage: 'http://localhost' })
  const blog = readWorld('blog')
  const documents = Array.from({ length: 10_000 }, (_, n) => ({ title: `Post ${n}`, views: n }))
  const large: WorldDefinition = { ...blog, documents: { Post: documents } }
  const time = (work: () => void) => {
    const start = performance.now()
    work()
    return performance.now() - start
  }
  const base = worlds.create('large', large)
  const runs = Array.from({ length: 50 }, (_, n) => n)
  return {
    newWorldMs: median(runs.map((n) => time(() => worlds.create(`w${n}`, blog)))),
    forkMs: median(runs.map((n) => time(() => worlds.fork(`f${n}`, base)))),
  }
}

function idleRss(): Promise<number> {
  const child = spawn(process.execPath, [cli, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve) => {
    child.stdout.once('data', () => {
      setTimeout(() => {
        const ps = spawn('ps', ['-o', 'rss=', '-p', String(child.pid)])
        ps.stdout.once('data', (text: Buffer) => {
          resolve(Number(text.toString()) / 1024)
          child.kill('SIGTERM')
        })
      }, 1_000)
    })
  })
}

/**
 * Heap after 1,000 start/stop cycles over that after the first 100 (run node with --expose-gc). Node frees what a closed server holds in a
 * later turn of the event loop, so the garbage is collected, a turn passes, and it is collected again.
 */
async function heapGrowth(): Promise<number> {
  const collect = async () => {
    globalThis.gc?.()
    await setImmediate()
    globalThis.gc?.()
    return process.memoryUsage().heapUsed / 1024 ** 2
  }
  let early = 0
  for (let cycle = 1; cycle <= 1_000; cycle += 1) {
    await (await startMockConduit()).stop()
    if (cycle === 100) early = await collect()
  }
  return (await collect()) - early
}
