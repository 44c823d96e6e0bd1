import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { type Footprint, measureFootprint } from './footprint.ts'
import { median } from './load.ts'
import { measureThroughput, ratio, type Throughput } from './throughput.ts'

/** `npm run bench`: measures, prints, and writes RESULTS.md with the machine and NOTES.md. Never a test: figures depend on the machine. */
const bars: [name: string, to: string, bar: number][] = [
  ['list, cache hit', 'bare node:http', 0.5],
  ['list, no-cache, 1,000 documents', 'bare node:http', 0.4],
  ['list, no-cache, 1,000 documents', 'json-server 0.17', 4],
  ['list, no-cache, 1,000 documents', 'Mockoon CLI 9.9', 10],
  ['list, no-cache, 100,000 documents', 'list, no-cache, 1,000 documents', 0.9],
  ['function with one equality, 100,000 documents', 'list, no-cache, 100,000 documents', 0.5],
]

function throughputTables({ rounds, missing }: Throughput): string {
  const figures = Object.entries(rounds).map(
    ([name, values]) =>
      `| ${name} | ${Math.round(median(values)).toLocaleString('en')} | ${values.map((value) => Math.round(value)).join(', ')} |`,
  )
  const ratios = bars.map(([name, to, bar]) => {
    const value = ratio(rounds, name, to)
    return `| ${name} ÷ ${to} | ${value === undefined ? 'not measured' : value.toFixed(2)} | ≥ ${bar} | ${value === undefined ? '–' : value >= bar ? 'met' : 'missed'} |`
  })
  const absent = Object.entries(missing).map(
    ([name, why]) => `\n${name} could not be brought here: ${why}`,
  )
  return `| server | median req/s | rounds |\n|---|---|---|\n${figures.join('\n')}\n\n| ratio (median over rounds) | value | bar | |\n|---|---|---|---|\n${ratios.join('\n')}\n${absent.join('\n')}`
}

function footprintTable(found: Footprint): string {
  const rows: [string, string, string, boolean][] = [
    [
      'CLI to listening ÷ `node -e 0`',
      `${(found.cliStartMs / found.nodeStartMs).toFixed(1)} (${Math.round(found.cliStartMs)} ms ÷ ${Math.round(found.nodeStartMs)} ms)`,
      '≤ 4',
      found.cliStartMs <= 4 * found.nodeStartMs,
    ],
    [
      'a further world in the process',
      `${found.newWorldMs.toFixed(2)} ms`,
      '≤ 5 ms',
      found.newWorldMs <= 5,
    ],
    ['fork of 10,000 documents', `${found.forkMs.toFixed(3)} ms`, '≤ 1 ms', found.forkMs <= 1],
    [
      'idle resident memory',
      `${Math.round(found.idleRssMb)} MB`,
      '≤ 100 MB',
      found.idleRssMb <= 100,
    ],
    [
      'heap growth over 900 start/stop cycles',
      `${found.heapGrowthMb.toFixed(1)} MB`,
      'flat (≤ 2 MB)',
      found.heapGrowthMb <= 2,
    ],
  ]
  return `| what | value | bar | |\n|---|---|---|---|\n${rows.map(([name, value, bar, met]) => `| ${name} | ${value} | ${bar} | ${met ? 'met' : 'missed'} |`).join('\n')}`
}

// Servers end with this process, also when it is broken off.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
const loadBefore = loadavg()[0] ?? 0
const footprint = await measureFootprint()
const throughput = await measureThroughput(console.log)
const machine = `${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.version}`
const text = `# Bench

Made by \`npm run bench\` (never a test). 50 connections from a load generator on the same machine, rounds interleaved, \`GET /database/Post?skip=0&limit=20\` with a token at full fidelity; the bare server sends the mock's own answer, headers, ETag and body.

Machine: ${machine}. Load of its last minute: ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after.

## Throughput

${throughputTables(throughput)}

## Start-up and memory

${footprintTable(footprint)}

## Notes

${readFileSync(join(import.meta.dirname, 'NOTES.md'), 'utf8')}`
writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text)
console.log(text)
