import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { catalogue } from './index.ts'

const folder = import.meta.dirname
const files = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .flatMap((entry) => readdirSync(join(folder, entry.name)).map((file) => `${entry.name}/${file}`))
  .filter((file) => !file.endsWith('.test.ts'))

it('lists every check file once, under its own id', () => {
  const named = catalogue.map((check) => {
    const id = check.id.toLowerCase()
    return files.filter((file) => file.startsWith(`${id.split('-')[0] ?? ''}/${id}-`)).length
  })
  expect(named).toEqual(catalogue.map(() => 1))
  expect(files.length).toEqual(catalogue.length)
  expect(new Set(catalogue.map((check) => check.id)).size).toEqual(catalogue.length)
})

it('gives every check a mutant to kill, usual causes and dependencies that exist', () => {
  for (const check of catalogue) {
    expect([check.id, check.mutants.length > 0, check.usualCauses.length > 0]).toEqual([
      check.id,
      true,
      true,
    ])
    expect(check.dependsOn.filter((id) => !catalogue.some((each) => each.id === id))).toEqual([])
  }
})
