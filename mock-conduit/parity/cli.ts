import { parityCommand } from './parity-command.ts'

process.exitCode = await parityCommand(process.argv.slice(2), {
  out: (line) => {
    console.log(line)
  },
  err: (line) => {
    console.error(line)
  },
})
