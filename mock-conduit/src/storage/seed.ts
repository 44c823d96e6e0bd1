import type { SeedFile, SeedResult } from '../control/types.ts'
import type { World } from '../world/world.ts'

/** Puts files and their bytes into the world's storage. */
export function seedFiles(world: World, files: readonly SeedFile[]): SeedResult['files'] {
  return files.map((file) => {
    const row = { ...file, _id: file._id ?? world.ids.uuid() }
    world.store.table('File').insert(row)
    return { _id: row._id, name: file.name }
  })
}
