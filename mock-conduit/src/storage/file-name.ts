import { posix } from 'node:path'
import { ConduitError } from '../wire/conduit-error.ts'
import type { World } from '../world/world.ts'
import { filesIn } from './file-row.ts'

/** `/` for the root, else without leading and with trailing slash. Source: ST/utils/index.ts:49-52. */
export function normalFolder(folder: string | undefined): string {
  const trimmed = folder?.trim() ?? ''
  if (trimmed === '' || trimmed === '/') return '/'
  return `${posix.normalize(trimmed).replace(/^\/|\/$/g, '')}/`
}

/** Each level of a folder, from the outermost, with trailing slash. */
export function folderLevels(folder: string): string[] {
  const parts = posix
    .normalize(folder.trim())
    .replace(/^\/|\/$/g, '')
    .split('/')
  return parts[0] === '' ? [] : parts.map((_, at) => `${posix.join(...parts.slice(0, at + 1))}/`)
}

/**
 * The name a new file gets: a uuid when none is given; taken ones are refused, or numbered by config. `a (1).txt` counts as
 * `a.txt` taken, and a numbered name loses what stood before its last slash. Source: ST/utils/index.ts:299-331.
 */
export function freeName(
  world: World,
  name: string | undefined,
  where: { container: string; folder: string },
): string {
  if (!name) return world.ids.uuid()
  const ending = posix.extname(name)
  const base = posix.basename(name, ending)
  const numbered = new RegExp(`^${escaped(base)} \\(\\d+\\)${escaped(ending)}$`)
  let taken = 0
  for (const file of filesIn(world, where))
    if (file.name === name || numbered.test(file.name)) taken += 1
  if (taken === 0) return name
  if (!world.config.storage.suffixOnNameConflict)
    throw new ConduitError('ALREADY_EXISTS', 'File already exists')
  return ending === '' ? `${name} (${taken})` : `${base} (${taken})${ending}`
}

function escaped(text: string): string {
  return text.replace(/[-/\\^$*+?.()|[\]{}]/g, '\\$&')
}
