import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { differenceLines, replayOnOurMock } from '../../parity/on-our-mock.ts'
import { readRecordings } from '../../parity/recording.ts'
import { compatDocument } from './document.ts'
import { evidenceOf } from './evidence.ts'
import { fullWorld, recordedWorld } from './worlds.ts'

const recordingsFolder = join(import.meta.dirname, '../../../fixtures/recordings')
const compatFile = join(import.meta.dirname, '../../COMPAT.md')

/** Replays every recording in this process: the document as it is written, and a line for each step that differs. */
export async function generateCompat(): Promise<{ document: string; differences: string[] }> {
  const recordings = readRecordings(recordingsFolder, undefined)
  const results = await replayOnOurMock(recordingsFolder, recordings)
  const notPlayed = results
    .filter(({ outcome }) => outcome === 'not applicable')
    .map(({ scenario, step, details }) => `${scenario} › ${step}: ${details.join(' · ')}`)
  const text = compatDocument({
    full: fullWorld().router,
    recorded: recordedWorld({}).router,
    evidence: evidenceOf(recordings, results),
  })
  const style = await resolveConfig(compatFile)
  const document = await format(text, { ...style, filepath: compatFile })
  return { document, differences: [...differenceLines(results), ...notPlayed] }
}
