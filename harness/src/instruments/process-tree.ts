import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A process as Linux shows it under /proc. */
export interface Sight {
  pid: number
  parent: number
  group: number
}

/** What the processes of a target hold. */
export interface Usage {
  /** Resident memory of all of them. */
  bytes: number
  /** Open sockets of all of them, listening ones too. */
  sockets: number
}

const PAGE_BYTES = 4096
const LISTEN = '0A'

/** The members of a process group and everything that they started; empty where there is no /proc. */
export function processTree(leader: number): readonly Sight[] {
  const all = namesIn('/proc').filter(isNumber).map(Number).flatMap(sightOf)
  return withChildren(
    all,
    all.filter(({ group }) => group === leader),
  )
}

/** Of a tree, the process that serves a port and what that started, without the wrappers around it; the whole tree when it cannot be told. */
export function servingTree(port: number, tree: readonly Sight[]): readonly Sight[] {
  const listener = listenerOn(port, tree)
  if (listener === undefined) return tree
  return withChildren(
    tree,
    tree.filter(({ pid }) => pid === listener),
  )
}

function withChildren(all: readonly Sight[], roots: readonly Sight[]): readonly Sight[] {
  const known = new Set(roots.map(({ pid }) => pid))
  for (let size = -1; size !== known.size;) {
    size = known.size
    for (const { pid, parent } of all) if (known.has(parent)) known.add(pid)
  }
  return all.filter(({ pid }) => known.has(pid))
}

/** Memory and sockets of a tree; undefined where they cannot be seen. */
export function usageOf(tree: readonly Sight[]): Usage | undefined {
  if (tree.length === 0) return undefined
  const sum = (read: (pid: number) => number) =>
    tree.reduce((total, { pid }) => total + read(pid), 0)
  return { bytes: sum(residentBytes), sockets: sum((pid) => socketsOf(pid).length) }
}

/** The process of a tree that listens on a port: of a master and its workers the master. */
export function listenerOn(port: number, tree: readonly Sight[]): number | undefined {
  const inodes = ['tcp', 'tcp6'].flatMap((table) => listening(`/proc/net/${table}`, port))
  const owners = tree.filter(({ pid }) => socketsOf(pid).some((inode) => inodes.includes(inode)))
  return owners.find(({ parent }) => !owners.some(({ pid }) => pid === parent))?.pid
}

const isNumber = (name: string) => /^\d+$/.test(name)

/** The name of a process may hold blanks and brackets, so the fields are counted from its end. */
function sightOf(pid: number): Sight[] {
  const text = textIn(`/proc/${pid}/stat`)
  const [state, parent, group] = text.slice(text.lastIndexOf(')') + 2).split(' ')
  if (group === undefined || state === 'Z') return []
  return [{ pid, parent: Number(parent), group: Number(group) }]
}

const residentBytes = (pid: number) =>
  Number(textIn(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * PAGE_BYTES

const socketsOf = (pid: number): string[] =>
  namesIn(`/proc/${pid}/fd`).flatMap((fd) => {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(linkIn(`/proc/${pid}/fd/${fd}`)) ?? []
    return inode === undefined ? [] : [inode]
  })

/** Inodes of the sockets that listen on a port. */
function listening(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return textIn(table)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTEN)
    .map((fields) => fields[9] ?? '')
}

const namesIn = (folder: string) => orElse([], () => readdirSync(folder))
const textIn = (file: string) => orElse('', () => readFileSync(file, 'utf8'))
const linkIn = (file: string) => orElse('', () => readlinkSync(file))

/** Processes end while they are looked at. */
function orElse<Value>(fallback: Value, read: () => Value): Value {
  try {
    return read()
  } catch {
    return fallback
  }
}
