import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { isRecord } from '../is-record.ts'
import { setupText } from '../setup-text.ts'
import { SetupProblem } from '../verdict/outcome-errors.ts'
import type { Running } from './running-instance.ts'

type Start = (env: Record<string, string>) => Promise<{ url: string; stop(): Promise<void> }>

const hasStart = (loaded: unknown): loaded is { start: Start } =>
  isRecord(loaded) && typeof loaded['start'] === 'function'

/** Starts a BFF that is a module, in this process. Throws `SetupProblem` when it is none or does not start. */
export async function startModule(file: string, env: Record<string, string>): Promise<Running> {
  if (!existsSync(file))
    throw new SetupProblem(
      setupText({
        problem: `there is no file ${file}.`,
        change: 'Correct start.module; its path starts from start.cwd, or from the target file.',
      }),
    )
  try {
    const loaded: unknown = await import(pathToFileURL(file).href)
    if (!hasStart(loaded)) throw new Error('it exports no start(env) function')
    const running = await loaded.start(env)
    return {
      url: running.url.replace(/\/$/, ''),
      stop: () => running.stop(),
      output: () => '',
      exited: () => undefined,
    }
  } catch (error) {
    throw new SetupProblem(
      setupText({
        problem: `start.module did not start: ${error instanceof Error ? error.message : String(error)}.`,
        sent: `start(env) of ${file} with ${Object.keys(env).join(', ') || 'nothing'}`,
        change:
          'It must export start(env): Promise<{ url, stop() }>; the variables of start.env must be those it reads.',
      }),
    )
  }
}
