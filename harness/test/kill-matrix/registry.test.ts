import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mutants } from '../../reference-bff/mutants/index.ts'
import { referenceParts } from '../../reference-bff/parts.ts'
import { catalogue } from '../../src/index.ts'

const FOLDER = join(import.meta.dirname, '../../reference-bff/mutants')

it('has a mutant for every check', () => {
  const killed = new Set(mutants.flatMap((mutant) => Object.keys(mutant.kills)))
  expect(catalogue.map((check) => check.id).filter((id) => !killed.has(id))).toEqual([])
})

it('knows every mutant that a check names', () => {
  const known = new Set(mutants.map((mutant) => mutant.name))
  const named = catalogue.flatMap((check) => check.mutants)
  expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([])
})

it('holds each file of the mutants folder once, under its name', () => {
  const files = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => readdirSync(join(FOLDER, entry.name)))
    .map((file) => file.replace(/\.ts$/, ''))
  expect(mutants.map((mutant) => mutant.name).sort()).toEqual(files.sort())
})

it('leaves the names of the parts alone', () => {
  const names = Object.keys(referenceParts({}))
  for (const mutant of mutants) expect(Object.keys(mutant.apply(referenceParts({})))).toEqual(names)
})
