import { SetupProblem } from '../verdict/outcome-errors.ts'
import type { Usage } from '../instruments/process-tree.ts'
import { keptOutput } from './kept-output.ts'

/** One run of an instance, from its start to its end. */
export interface Running {
  url: string
  stop(): Promise<void>
  /** What it printed so far; empty where the harness cannot see it. */
  output(): string
  /** How it ended by itself (`code 1`, `SIGKILL`); undefined while it runs, and where the harness cannot see it. */
  exited(): string | undefined
  /** Ends it at once, without a word to it; undefined where the harness does not own a process. */
  kill?: () => Promise<void>
  /** Asks it to end, and gives it so many milliseconds; tells whether it did. Undefined where it is no process, or its signal lets nobody end in order. */
  end?: (ms: number) => Promise<boolean>
  /** Memory and sockets of its processes; undefined where the harness cannot see them. */
  usage?: () => Usage | undefined
}

/** One instance of the BFF, which may be started several times. */
export interface Instance extends Running {
  /** `i1`, `i2` …: the label of its backend port in the journal. */
  label: string
  /** Starts it again at the same address, after an orderly stop if it still runs; undefined for one that is not the harness's to stop. */
  restart?: () => Promise<void>
}

/** An instance that can be started again: `begin` runs it on a port, 0 for any. Throws `SetupProblem` when it comes back elsewhere. */
export async function startAgainAndAgain(
  label: string,
  begin: (port: number) => Promise<Running>,
): Promise<Instance> {
  let running = await begin(0)
  let printed = ''
  const { url, kill, end, usage } = running
  return {
    label,
    url,
    stop: () => running.stop(),
    output: () => printed + running.output(),
    exited: () => running.exited(),
    ...(kill ? { kill: async () => running.kill?.() } : {}),
    ...(end ? { end: async (ms) => (await running.end?.(ms)) ?? false } : {}),
    ...(usage ? { usage: () => running.usage?.() } : {}),
    async restart() {
      await running.stop()
      printed = keptOutput(printed + running.output())
      running = await begin(Number(new URL(url).port))
      if (running.url === url) return
      const elsewhere = running.url
      await running.stop()
      throw new SetupProblem(
        `${label} was started again with the port of ${url}, but listens on ${elsewhere}. Let it listen on PORT.`,
      )
    },
  }
}
