import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readWorld, type WorldDefinition } from '@conduit-bff/fixtures'
import { isRecord } from '../is-record.ts'
import type { Target } from '../target/schema.ts'
import { TargetFileError } from '../target/read-target.ts'
import { parse } from 'yaml'

/** The world that a target names: a fixture world, or one put together from Conduit's own export files. */
export async function worldOf(world: Target['world'], folder: string): Promise<WorldDefinition> {
  if (typeof world === 'string') return named(world)
  const base = named(world.from ?? 'blog')
  const config = world.config === undefined ? base.config : { ...base.config, ...world.config }
  if (world.schemas === undefined)
    return { ...base, config, ...(await seedFile(world.seed, folder)) }
  return {
    ...base,
    config,
    schemas: listIn(
      await readData(world.schemas, folder, 'schemas'),
      'schemas',
    ) as WorldDefinition['schemas'],
    endpoints: (world.endpoints === undefined
      ? []
      : listIn(
          await readData(world.endpoints, folder, 'endpoints'),
          'endpoints',
        )) as WorldDefinition['endpoints'],
    users: [],
    documents: {},
    files: [],
    relations: [],
    ...(await seedFile(world.seed, folder)),
  }
}

function named(name: string): WorldDefinition {
  try {
    return readWorld(name)
  } catch (cause) {
    throw new TargetFileError('the target file', [
      `world: ${cause instanceof Error ? cause.message : `"${name}" is not a world`}`,
    ])
  }
}

async function seedFile(path: string | undefined, folder: string): Promise<object> {
  if (path === undefined) return {}
  const seed = await readData(path, folder, 'seed')
  return isRecord(seed) ? seed : {}
}

async function readData(path: string, folder: string, key: string): Promise<unknown> {
  try {
    return parse(await readFile(resolve(folder, path), 'utf8')) as unknown
  } catch (cause) {
    throw new TargetFileError('the target file', [
      `world.${key}: ${path} cannot be read (${cause instanceof Error ? cause.message : String(cause)})`,
    ])
  }
}

/** Exports come as a list, or as an object that holds it. */
function listIn(value: unknown, key: string): unknown[] {
  const list = isRecord(value) && !Array.isArray(value) ? value[key] : value
  if (Array.isArray(list)) return list
  throw new TargetFileError('the target file', [`world.${key}: the file holds no list`])
}
