import { start } from './start.ts'

const running = await start(process.env)
process.stdout.write(`reference BFF on ${running.url}\n`)
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    void running.stop().then(() => process.exit(0))
  })
