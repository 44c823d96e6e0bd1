import { Command, InvalidArgumentError } from 'commander'
import { fuzz } from './campaign.ts'

interface Flags {
  requests: number
  seed: number
}

function count(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError('Give a whole number.')
  return value
}

/** `npm run fuzz -- --requests N --seed S`: exit 0 when every answer was the backend's, 1 with the smallest run that was not. */
async function main(): Promise<number> {
  const { requests, seed } = new Command('fuzz')
    .description('Sends generated requests to a mock in this process and judges every answer.')
    .option('--requests <n>', 'how many at least', count, 10_000)
    .option('--seed <s>', 'of the first batch', count, 1)
    .parse()
    .opts<Flags>()
  const stray: unknown[] = []
  process.on('uncaughtException', (error) => stray.push(error))
  process.on('unhandledRejection', (reason) => stray.push(reason))
  const result = await fuzz({ requests, seed, now: () => performance.now() })
  const perSecond = Math.round(result.requests / (result.elapsedMs / 1000))
  const statuses = [...result.statuses].sort(([a], [b]) => a - b)
  console.log(
    `${result.requests} requests (${result.onSocket} over sockets), seed ${seed}: ${perSecond} requests/s, statuses ${statuses.map(([status, times]) => `${status}×${times}`).join(' ')}`,
  )
  for (const each of stray) console.error('outside any request:', each)
  if (result.failure !== undefined) console.error(result.failure)
  return result.failure === undefined && stray.length === 0 ? 0 : 1
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error)
  return 2
})
