import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { renderChecks } from './render-checks.ts'

const file = join(import.meta.dirname, '../CHECKS.md')
await writeFile(file, renderChecks())
process.stdout.write(`wrote ${file}\n`)
