import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Command, Option } from 'commander'
import { initTarget } from '../init/init-target.ts'
import { presetText, why } from '../init/target-text.ts'
import { PRESETS } from '../target/presets.ts'
import { TargetFileError } from '../target/read-target.ts'
import { positive } from './arguments.ts'

interface InitFlags {
  output: string
  force?: boolean
  preset?: string
  name?: string
  email?: string
  password?: string
  backendPort?: number
  storagePort?: number
  origin?: string
}

/** `harness init`: a target file from a running BFF, or from a preset. */
export const initCommand = (print: (text: string) => void): Command =>
  new Command('init')
    .description('write a target file from what a running BFF answers, or from a preset')
    .argument('[url]', 'where the BFF runs: http://127.0.0.1:3001')
    .option('--output <file>', 'where to write', 'bffc.yaml')
    .option('--force', 'write over a file that is there')
    .addOption(new Option('--preset <name>', 'take the defaults of a kind').choices(PRESETS))
    .option('--name <name>', 'how to call the target')
    .option('--email <email>', 'a user of the backend behind the BFF')
    .option('--password <password>', 'and the password')
    .option(
      '--backend-port <port>',
      'where the BFF expects its backend; when nothing listens there, the harness does meanwhile',
      positive,
    )
    .option(
      '--storage-port <port>',
      'the port of 127.0.0.1 that the BFF takes files from, when it has a list of hosts',
      positive,
    )
    .option('--origin <origin>', 'the origin its users see, when it is not its own address')
    .action(async (url: string | undefined, flags: InitFlags) => {
      const name = flags.name ?? basename(process.cwd())
      if (flags.preset !== undefined) {
        await writeNew(flags, presetText(name, flags.preset))
        print(`Wrote ${flags.output}.\n${NEXT(flags.output)}`)
        return
      }
      if (url === undefined || !URL.canParse(url))
        throw new TargetFileError('The target', [
          'give the URL of a running BFF (harness init http://127.0.0.1:3001), or --preset',
        ])
      const { text, found } = await initTarget({ ...flags, name, url })
      await writeNew(flags, text)
      for (const line of why(found)) print(line.replace(/^# /, ''))
      const routes = [...(found.login ? ['login'] : []), ...Object.keys(found.routes)]
      print(
        `Found ${routes.join(', ') || 'no route that works'}. Wrote ${flags.output}; read its comments.\n${NEXT(flags.output)}`,
      )
    })

const NEXT = (file: string) =>
  `Then: harness run --dry-run --target ${file}, and the same without --dry-run.`

async function writeNew({ output, force }: InitFlags, text: string): Promise<void> {
  try {
    await writeFile(output, text, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    throw new TargetFileError(output, ['it is there already; --force writes over it'])
  }
}
