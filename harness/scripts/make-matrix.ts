import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { renderMatrix } from './render-matrix.ts'

const file = join(import.meta.dirname, '../MATRIX.md')
await writeFile(file, renderMatrix())
process.stdout.write(`wrote ${file}\n`)
