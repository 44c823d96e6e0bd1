import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const appFolder = join(root, 'sample-app')
const stamp = join(appFolder, '.next', 'source-hash')

/** Builds the sample app for production unless the build on disk is of these very sources. Rejects with the build's output. */
export async function buildSampleApp(log: (line: string) => void = () => undefined): Promise<void> {
  const hash = sourceHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  log('Building the sample app for production (once per change of its sources) …')
  await runBuild()
  mkdirSync(join(appFolder, '.next'), { recursive: true })
  writeFileSync(stamp, hash)
}

function sourceHash(): string {
  const hash = createHash('sha256')
  for (const file of [...sourceFiles(appFolder), join(root, 'package-lock.json')])
    hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

const ignored = new Set(['node_modules', '.next', 'README.md'])

function sourceFiles(folder: string): string[] {
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

function runBuild(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '-s', 'build:app', '-w', 'sample-app'], {
      cwd: root,
      env: buildEnv(),
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
      else reject(new Error(`next build ended with ${code}:\n${output}`))
    })
  })
}

function buildEnv(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
}
