import type { WorldDefinition } from '@conduit-bff/fixtures'
import { importConfig } from './import-config.ts'
import { importEndpoints, importExtensions, importSchemas } from './import-database.ts'
import { at, elements } from './json.ts'
import { isObject } from '../is-object.ts'

type Note = (text: string) => void

/** Resource types whose absence changes nothing, or that the mock has by itself. */
const understood: Readonly<Record<string, readonly string[]>> = {
  database: ['schemas', 'extensions', 'customEndpoints'],
  storage: ['containers'],
  authorization: ['resourceDefinitions'],
}

/** What the mock takes from `GET /state/export`: configs, schemas, extensions, endpoints, resource types and containers. */
export function importState(
  state: unknown,
  base: WorldDefinition,
  note: Note,
): Partial<WorldDefinition> {
  const database = at(state, ['modules', 'database'])
  const schemas = importSchemas(elements(at(database, ['schemas'])), note)
  noteOthers(at(state, ['modules']), note)
  const containers = containersOf(at(state, ['modules', 'storage', 'containers']))
  return {
    schemas,
    extensions: importExtensions(elements(at(database, ['extensions'])), note),
    endpoints: importEndpoints(elements(at(database, ['customEndpoints'])), schemas, note),
    resources: resourcesOf(at(state, ['modules', 'authorization', 'resourceDefinitions'])),
    containers: containers.length > 0 ? containers : base.containers,
    config: withoutClients(importConfig(at(state, ['configs', 'modules']), note), base, note),
  }
}

function noteOthers(modules: unknown, note: Note): void {
  for (const [module, resources] of Object.entries(isObject(modules) ? modules : {}))
    for (const [type, list] of Object.entries(isObject(resources) ? resources : {})) {
      const count = elements(list).length
      if (count > 0 && !understood[module]?.includes(type))
        note(`modules.${module}.${type}: ${count} left out`)
    }
}

function containersOf(list: unknown): WorldDefinition['containers'] {
  return elements(list).flatMap((each) =>
    isObject(each) && typeof each['name'] === 'string'
      ? [{ name: each['name'], isPublic: each['isPublic'] === true }]
      : [],
  )
}

function resourcesOf(list: unknown): NonNullable<WorldDefinition['resources']> {
  return elements(list).flatMap((each) =>
    isObject(each) && typeof each['name'] === 'string'
      ? [
          {
            name: each['name'],
            relations: listsOf(each['relations']),
            permissions: listsOf(each['permissions']),
          },
        ]
      : [],
  )
}

function listsOf(lists: unknown): Record<string, string[]> {
  const entries = Object.entries(isObject(lists) ? lists : {})
  return Object.fromEntries(
    entries.map(([name, list]) => [
      name,
      elements(list).filter((each) => typeof each === 'string'),
    ]),
  )
}

/** An export names no security clients: their check would refuse every request. */
function withoutClients(
  config: WorldDefinition['config'],
  base: WorldDefinition,
  note: Note,
): WorldDefinition['config'] {
  const { router } = config
  if (base.clients.length > 0 || at(router, ['security', 'clientValidation']) !== true)
    return config
  note('configs.router.security.clientValidation: switched off, since an export holds no clients')
  const security = at(router, ['security'])
  return {
    ...config,
    router: {
      ...(isObject(router) ? router : {}),
      security: { ...(isObject(security) ? security : {}), clientValidation: false },
    },
  }
}
