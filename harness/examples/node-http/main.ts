import { start } from './start.ts'

const running = await start(process.env)
process.stdout.write(`node-http on ${running.url}\n`)
process.once('SIGTERM', () => {
  void running.stop().then(() => process.exit(0))
})
