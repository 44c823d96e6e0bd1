import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it, onTestFinished } from 'vitest'
import { listenerOn, processTree, servingTree, usageOf } from './process-tree.ts'

const SERVER = `const server = require('node:net').createServer().listen(0, '127.0.0.1', () => console.log(server.address().port))`

it.skipIf(process.platform !== 'linux')(
  'sees what a shell started, what it holds, and which of them listens',
  async () => {
    const shell = spawn(`${process.execPath} -e "${SERVER}"; true`, {
      shell: true,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const leader = shell.pid ?? 0
    onTestFinished(() => {
      process.kill(-leader, 'SIGKILL')
    })
    const [line] = (await once(shell.stdout, 'data')) as [Buffer]
    const port = Number(line.toString())
    const tree = processTree(leader)
    const listener = listenerOn(port, tree)
    expect(tree.map(({ group }) => group)).toEqual([leader, leader])
    expect(tree.find(({ pid }) => pid === listener)?.parent).toEqual(leader)
    expect(servingTree(port, tree).map(({ pid }) => pid)).toEqual([listener])
    expect(servingTree(1, tree)).toEqual(tree)
    const usage = usageOf(tree)
    expect(usage?.sockets).toBeGreaterThanOrEqual(1)
    expect(usage?.bytes).toBeGreaterThan(10 * 1024 * 1024)
    expect([listenerOn(port, []), usageOf(processTree(0x7fffffff))]).toEqual([undefined, undefined])
  },
)
