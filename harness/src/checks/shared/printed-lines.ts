import type { Haystack } from '../../instruments/canary-scan.ts'
import type { Instance } from '../../target/running-instance.ts'

/** Small enough for decoders to be tried on all of it. */
const PIECE = 8 * 1024

/** What the instances printed, each line once, in pieces that hold whole lines. */
export const printedLines = (
  instances: readonly Pick<Instance, 'label' | 'output'>[],
): Haystack[] =>
  instances.flatMap(({ label, output }) =>
    piecesOf([...new Set(output().split('\n'))]).map((text) => ({
      where: `the output of ${label}`,
      text,
    })),
  )

function piecesOf(lines: readonly string[]): string[] {
  const pieces: string[] = []
  let piece: string[] = []
  let length = 0
  for (const line of lines) {
    if (length > 0 && length + line.length > PIECE) {
      pieces.push(piece.join('\n'))
      piece = []
      length = 0
    }
    piece.push(line)
    length += line.length + 1
  }
  return [...pieces, piece.join('\n')]
}
