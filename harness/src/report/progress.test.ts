import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'
import { catalogue } from '../checks/index.ts'
import { notRun } from '../run-check.ts'
import { liveProgress } from './progress.ts'

function written(isTerminal: boolean): string {
  let text = ''
  const write = (part: string) => {
    text += part
  }
  const { onCheck, onResult } = liveProgress({ write, isTerminal })
  const [check] = catalogue
  if (!check) return text
  onCheck(check, { number: 1, of: 70 })
  onResult(notRun(check, 'SKIP', { reason: 'no list', reproduce: '' }))
  return text
}

it('writes whole lines into a pipe', () => {
  expect(stripVTControlCharacters(written(false))).toEqual(
    'SKIP     VAULT-01    The login answer holds no token (no list)\n',
  )
})

it('shows on a terminal what is running, and writes the result over it', () => {
  const text = written(true)
  const [progress, result] = text.split('\r\u001b[K').slice(1)
  expect(stripVTControlCharacters(progress ?? '')).toEqual(
    '1/70 VAULT-01 The login answer holds no token …',
  )
  expect(result?.endsWith('\n')).toEqual(true)
})
