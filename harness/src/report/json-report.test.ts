import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { reportJsonSchema } from './json-report.ts'

it('publishes the JSON Schema that the report is checked with (harness/report.schema.json; regenerate with `harness schema`)', () => {
  const published = readFileSync(join(import.meta.dirname, '../../report.schema.json'), 'utf8')
  expect(JSON.parse(published)).toEqual(JSON.parse(reportJsonSchema()))
})
