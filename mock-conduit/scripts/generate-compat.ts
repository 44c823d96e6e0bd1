import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateCompat } from './compat/generate.ts'

/** `npm run generate:compat`: replays every recording and writes COMPAT.md. Fails, naming the steps, when one differs. */
const { document, differences } = await generateCompat()
for (const line of differences) console.error(line)
if (differences.length === 0) writeFileSync(join(import.meta.dirname, '../COMPAT.md'), document)
else process.exitCode = 1
