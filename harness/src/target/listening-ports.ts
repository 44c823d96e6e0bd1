import { readdir, readFile, readlink } from 'node:fs/promises'

const LISTEN = '0A'

/** TCP ports on which the processes of a group listen; empty where the kernel does not tell (anything but Linux). Source: proc(5). */
export async function listeningPorts(group: number): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const inodes = new Set<string>()
  for (const pid of pids)
    if ((await groupOf(pid)) === group) for (const inode of await socketsOf(pid)) inodes.add(inode)
  if (inodes.size === 0) return []
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  )
  const ports = tables.flatMap((table) => listenersIn(table, inodes))
  return [...new Set(ports)]
}

/** The fifth field of `/proc/PID/stat`; the second may hold blanks and brackets. */
async function groupOf(pid: string): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const group = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]
  return group === undefined ? undefined : Number(group)
}

async function socketsOf(pid: string): Promise<string[]> {
  const folder = `/proc/${pid}/fd`
  const names = await readdir(folder).catch(() => [])
  const links = await Promise.all(
    names.map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  )
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [])
}

function listenersIn(table: string, inodes: ReadonlySet<string>): number[] {
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
    if (state !== LISTEN || !inodes.has(inode)) return []
    return [Number.parseInt(local.split(':')[1] ?? '0', 16)]
  })
}
