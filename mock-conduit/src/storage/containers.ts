import { ConduitError } from '../wire/conduit-error.ts'
import type { World } from '../world/world.ts'
import { fitColumn } from './file-row.ts'
import { folderLevels } from './file-name.ts'
import type { Provider } from './provider.ts'
import { STORAGE } from './storage-state.ts'

/** The record of a container, from the definition or made since. */
function recordOf(world: World, name: string): { isPublic: boolean } | undefined {
  return (
    world.part(STORAGE).container(name) ??
    world.definition.containers.find((container) => container.name === name)
  )
}

interface ContainerWish {
  name: string
  isPublic?: boolean | undefined
  /** Whatever config says of containers made on the fly. */
  byOperator?: boolean
}

/** A container that has no record yet is made on the fly, public if the file is to be; refused when config says so. Source: ST/handlers/file.ts:330-356. */
export function ensureContainer(
  world: World,
  provider: Provider,
  { name, isPublic = false, byOperator = false }: ContainerWish,
): void {
  if (recordOf(world, name)) return
  if (!byOperator && !world.config.storage.allowContainerCreation)
    throw new ConduitError('PERMISSION_DENIED', 'Container creation is not allowed!')
  provider.createFolder(name, '')
  fitColumn(name, 'create')
  world.part(STORAGE).addContainer(name, isPublic)
}

/** Every level of a folder becomes a record and a folder. Source: ST/handlers/file.ts:358-386. */
export function ensureFolders(provider: Provider, container: string, folder: string): void {
  for (const level of folder === '/' ? [] : folderLevels(folder)) {
    fitColumn(level, 'create')
    provider.createFolder(container, level)
  }
}

/** Files of a public container may not be told to be private. Source: ST/utils/index.ts:379-392. */
export function checkPrivacy(world: World, container: string, isPublic: boolean | undefined): void {
  if (isPublic === false && recordOf(world, container)?.isPublic)
    throw new ConduitError('INVALID_ARGUMENT', 'Files in public containers cannot be private')
}

export function isPublicContainer(world: World, name: string): boolean {
  return recordOf(world, name)?.isPublic === true
}
