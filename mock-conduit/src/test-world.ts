import type { WorldDefinition } from '@conduit-bff/fixtures'

/** A world for one test: what is given, and nothing else in it. */
export function testWorld(given: Partial<WorldDefinition> = {}): WorldDefinition {
  return {
    name: 'test',
    schemas: [],
    extensions: [],
    endpoints: [],
    users: [],
    documents: {},
    files: [],
    relations: [],
    containers: [],
    clients: [],
    config: {},
    ...given,
  }
}
