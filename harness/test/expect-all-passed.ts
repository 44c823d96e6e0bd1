import { expect } from 'vitest'
import { catalogue } from '../src/index.ts'
import { notPassed } from './not-passed.ts'
import { runTarget, type TargetRun } from './run-target.ts'

/**
 * Every check is a PASS but those that do not apply, given as id and reason. What came out otherwise is asked
 * once more: on a loaded machine one of a hundred checks may leave its stimulus unproven. A check that judges the whole
 * run is not, for alone it would judge nothing of what it found.
 */
export async function expectAllPassed(
  target: string,
  skipped: Readonly<Record<string, string>>,
  options: TargetRun = {},
): Promise<void> {
  const expected = Object.entries(skipped).map(([id, reason]) => `${id} SKIP: ${reason}`)
  const first = notPassed((await runTarget(target, options)).values())
  const surprises = first.filter((line) => !expected.includes(line))
  const ids = surprises.filter((line) => !isFinal(line)).map(idOf)
  const again =
    ids.length === 0 ? [] : notPassed((await runTarget(target, { ...options, ids })).values())
  const second = first.filter((line) => expected.includes(line) || isFinal(line)).concat(again)
  expect(second.sort(), `first: ${surprises.join(' · ')}`).toEqual(expected.sort())
}

const idOf = (line: string) => line.slice(0, line.indexOf(' '))

const ofWholeRun = new Set(catalogue.filter(({ scope }) => scope === 'run').map(({ id }) => id))

const isFinal = (line: string) => ofWholeRun.has(idOf(line)) && !/^\S+ BLOCKED/.test(line)
