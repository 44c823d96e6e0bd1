import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')

/** Builds the Next.js app in a folder for production, unless the build on disk is of these very sources. Rejects with the build's output. */
export async function buildNextApp(
  folder: string,
  log: (line: string) => void = () => undefined,
): Promise<void> {
  const hash = sourceHash(folder)
  const stamp = join(folder, '.next', 'source-hash')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  log(`Building ${relative(root, folder)} for production (once per change of its sources) …`)
  await runBuild(folder)
  mkdirSync(join(folder, '.next'), { recursive: true })
  writeFileSync(stamp, hash)
}

function sourceHash(folder: string): string {
  const hash = createHash('sha256')
  for (const file of [...sourceFiles(folder), join(root, 'package-lock.json')])
    hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

const ignored = new Set(['node_modules', '.next', 'README.md', 'next-env.d.ts'])

/** What a build of a Next.js app is made from: neither tests nor what a build writes. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter(
      (name) => !ignored.has(name) && !name.includes('.test.') && !name.endsWith('.tsbuildinfo'),
    )
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? sourceFiles(path) : [path]
    })
}

function runBuild(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = join(root, 'node_modules/next/dist/bin/next')
    const child = spawn(process.execPath, [next, 'build'], {
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`next build in ${folder} ended with ${code}:\n${output}`))
    })
  })
}
