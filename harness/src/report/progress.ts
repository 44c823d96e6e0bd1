import pc from 'picocolors'
import type { RunOptions } from '../run.ts'
import { discoveryTable, liveLine } from './terminal.ts'

/** Where progress is shown. */
export interface Screen {
  /** Text as it is, without a line end. */
  write: (text: string) => void
  /** A terminal, whose last line can be written again; otherwise only whole lines are written. */
  isTerminal: boolean
}

type Listeners = Required<
  Pick<RunOptions, 'onDiscovery' | 'onCheck' | 'onResult' | 'onProblem' | 'onWait'>
>

const CLEAR_LINE = '\r\u001b[K'

/** A line per result; on a terminal also what is running: `12/70 REFRESH-05 …`. */
export function liveProgress({ write, isTerminal }: Screen): Listeners {
  const line = (text: string) => {
    write(`${isTerminal ? CLEAR_LINE : ''}${text}\n`)
  }
  let over = false
  return {
    onProblem: () => {
      over = true
    },
    onWait: (text) => {
      line(pc.dim(text))
    },
    onDiscovery: (discovery) => {
      line(`${discoveryTable(discovery)}\n`)
    },
    onCheck: ({ id, title }, { number, of }) => {
      if (isTerminal)
        write(
          `${CLEAR_LINE}${pc.dim(`${number}/${of}`)} ${id} ${pc.dim(`${title.slice(0, 50)} …`)}`,
        )
    },
    onResult: (result) => {
      if (!over) line(liveLine(result))
    },
  }
}
