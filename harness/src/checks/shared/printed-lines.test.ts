import { expect, it } from 'vitest'
import { printedLines } from './printed-lines.ts'

const printed = (text: string) => printedLines([{ label: 'i1', output: () => text }])

it('gives each line once', () => {
  expect(printed('a\nb\na\n')).toEqual([{ where: 'the output of i1', text: 'a\nb\n' }])
})

it('keeps lines whole, however long they are', () => {
  const lines = ['x'.repeat(5000), 'y'.repeat(5000), 'z'.repeat(20_000), 'end']
  expect(printed(lines.join('\n')).map(({ text }) => text)).toEqual(lines)
})
