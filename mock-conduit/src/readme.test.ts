import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startMockConduit } from './index.ts'

const run = promisify(execFile)
const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const blocks = Array.from(readme.matchAll(/```sh\n([^]*?)```/g), ([, block = '']) => block)
const commands = blocks.flatMap((block) =>
  block.split('\n').filter((line) => line.startsWith('curl ')),
)

test('every curl of the README works in the order given', async () => {
  await using mock = await startMockConduit({ world: 'blog' })
  const refused: string[] = []
  for (const command of commands) {
    const here = command.replace('http://localhost:3000', mock.url)
    await run('sh', ['-c', here.replace('curl ', 'curl -sS --fail-with-body ')]).catch(
      (error: unknown) => refused.push(`${command}\n${String(error)}`),
    )
  }
  expect(refused).toEqual([])
  expect(commands.length).toBe(44)
})
