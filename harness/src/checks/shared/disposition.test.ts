import { expect, it } from 'vitest'
import { dispositionProblem } from './disposition.ts'

it('takes well-formed headers', () => {
  for (const value of [
    'inline',
    'attachment; filename="file"',
    'attachment;filename=a.txt',
    String.raw`inline; filename="a \"b\".txt"; filename*=UTF-8''a%20%22b%22.txt`,
    "inline; filename*=UTF-8''na%C3%AFve.txt",
  ])
    expect([value, dispositionProblem(value)]).toEqual([value, undefined])
})

it('sees what breaks them', () => {
  for (const value of [
    'inline; filename="a"b".txt"',
    'inline; filename=a b.txt',
    'inline; filename="a.txt"; filename="b.html"',
    'inline; filename="../../etc/passwd"',
    "inline; filename*=UTF-8''..%2Fa",
    "inline; filename*=UTF-8''a%0d%0aX: 1",
    "inline; filename*=UTF-8''naïve.txt",
    'inline; filename="open',
  ])
    expect([value, dispositionProblem(value) === undefined]).toEqual([value, false])
})
