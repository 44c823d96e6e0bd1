import { seedWorld } from '../../world/seed.ts'
import { nearestNames } from '../../wire/nearest.ts'
import type { World } from '../../world/world.ts'
import { OUTBOX } from '../../world/outbox.ts'
import * as answers from '../answers.ts'
import { accepted, ControlError } from '../control-error.ts'
import { operation } from '../operation.ts'
import { nothing, seed } from '../schemas.ts'

export const dataOperations = [
  operation({
    method: 'POST',
    path: '/seed',
    summary: 'Adds users, documents, files and relations, in this order; empties the GET cache.',
    body: seed,
    answer: answers.seeded,
    handle({ world, body }) {
      for (const schema of Object.keys(body.documents ?? {})) known(world, schema)
      const made = accepted(() => seedWorld(world, body))
      world.cache.clear()
      return made
    },
  }),
  operation({
    method: 'GET',
    path: '/documents',
    summary: 'Collections and how many rows they hold.',
    answer: answers.collections,
    handle: ({ world }) => ({
      collections: collections(world).map((name) => ({
        name,
        count: world.store.table(name).size,
      })),
    }),
  }),
  operation({
    method: 'GET',
    path: '/documents/:schema',
    summary: 'Rows of a collection as they are stored.',
    answer: answers.documents,
    handle: ({ world, params }) => ({
      documents: [...world.store.table(known(world, params['schema'])).rows()],
    }),
  }),
  operation({
    method: 'DELETE',
    path: '/documents/:schema',
    summary: 'Empties a collection and the GET cache.',
    body: nothing,
    answer: answers.deleted,
    handle({ world, params }) {
      const deleted = world.store.table(known(world, params['schema'])).clear()
      world.cache.clear()
      return { deleted }
    },
  }),
  operation({
    method: 'GET',
    path: '/files',
    summary: "The storage module's File rows.",
    answer: answers.files,
    handle: ({ world }) => ({ files: [...world.store.table('File').rows()] }),
  }),
  operation({
    method: 'GET',
    path: '/outbox',
    summary: 'What Conduit would have sent by mail.',
    answer: answers.messages,
    handle: ({ world }) => ({ messages: world.part(OUTBOX).messages() }),
  }),
]

const ofConduit = ['User', 'File', 'Team']

function collections(world: World): string[] {
  const declared = world.definition.schemas.flatMap(({ name }) =>
    typeof name === 'string' ? [name] : [],
  )
  return [...new Set([...declared, ...ofConduit, ...world.store.names()])]
}

/** The name itself, if the world has such a collection. */
function known(world: World, schema = ''): string {
  const names = collections(world)
  if (names.includes(schema)) return schema
  const near = nearestNames(names, schema).join(', ')
  throw new ControlError(404, 'UNKNOWN_SCHEMA', `No schema "${schema}". Nearest: ${near}.`)
}
