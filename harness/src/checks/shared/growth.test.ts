import { expect, it } from 'vitest'
import { figuresOf, grown, shownFigure, type Sample } from './growth.ts'

const samplesOf = (values: readonly number[], slack = 0): Sample[] =>
  values.map((value) => [{ what: 'keys', value, slack }])

const namesOf = (samples: readonly Sample[]) => grown(samples).map(shownFigure)

it('sees what goes on growing, and not what only warmed up or waves', () => {
  expect(namesOf(samplesOf([1, 2, 3, 4, 5, 6, 7, 8, 9]))).toEqual(['keys: 5, then 8'])
  expect(namesOf(samplesOf([1, 5, 9, 100, 101, 102, 103, 104, 105]))).toEqual([])
  expect(namesOf(samplesOf([0, 0, 0, 10, 50, 10, 10, 50, 10]))).toEqual([])
})

it('bears a tenth and what says nothing', () => {
  expect(namesOf(samplesOf([0, 100, 110]))).toEqual([])
  expect(namesOf(samplesOf([0, 10, 14], 4))).toEqual([])
  expect(namesOf(samplesOf([0, 10, 15], 4))).toEqual(['keys: 10, then 15'])
  expect(figuresOf([])).toEqual([])
})
