import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { buildNextApp, sourceFiles } from '../../scripts/build-next-app.ts'
import { nextMutants } from './index.ts'
import { overlaid } from './overlay.ts'

const root = join(import.meta.dirname, '../..')
const sampleApp = join(root, 'sample-app')

/** Writes a copy of the sample app with every mutant in it, and builds it once for all; gives its folder. Rejects when an edit fits no more. */
export async function buildMutatedApp(): Promise<string> {
  const copy = join(root, '.cache/next-mutants')
  const sources = new Map(
    sourceFiles(sampleApp).map((path) => [relative(sampleApp, path), readFileSync(path, 'utf8')]),
  )
  const edits = nextMutants.flatMap((mutant) => mutant.edits)
  const files = overlaid(sources, edits)
  for (const [file, text] of files) write(join(copy, file), text)
  for (const path of sourceFiles(copy)) if (!files.has(relative(copy, path))) rmSync(path)
  await buildNextApp(copy)
  return copy
}

function write(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
