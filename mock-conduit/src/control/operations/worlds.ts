import { listWorlds, readWorld, type WorldDefinition } from '@conduit-bff/fixtures'
import { DEFAULT_WORLD, type Worlds } from '../../worlds.ts'
import type { World } from '../../world/world.ts'
import * as answers from '../answers.ts'
import { accepted, ControlError } from '../control-error.ts'
import { operation } from '../operation.ts'
import { newWorld, nothing } from '../schemas.ts'
import type { WorldSummary } from '../types.ts'

export const worldOperations = [
  operation({
    method: 'GET',
    path: '/worlds',
    summary: 'All worlds of this process.',
    answer: answers.worlds,
    handle: ({ worlds }) => ({ worlds: worlds.list().map(summary) }),
  }),
  operation({
    method: 'POST',
    path: '/worlds',
    summary: 'Makes a world: a fork of an existing one, a named fixture, or an inline definition.',
    body: newWorld,
    answer: answers.world,
    handle({ worlds, world, body }) {
      const name = body.name ?? freeName(worlds)
      if (worlds.get(name))
        throw new ControlError(
          409,
          'WORLD_EXISTS',
          `A world "${name}" exists. DELETE it or choose another name.`,
        )
      const { definition } = body
      if (definition)
        return summary(accepted(() => worlds.create(name, { ...definition, name }, body.options)))
      const from = body.from === undefined ? world : worlds.get(body.from)
      if (from)
        return summary(
          worlds.fork(name, from, {
            options: body.options ?? {},
            seedKeepsState: body.seedKeepsState ?? true,
          }),
        )
      return summary(worlds.create(name, fixture(worlds, body.from ?? ''), body.options))
    },
  }),
  operation({
    method: 'DELETE',
    path: '/worlds/:name',
    summary: 'Forgets a world and closes its further ports.',
    body: nothing,
    answer: answers.done,
    async handle({ worlds, listeners, params: { name = '' } }) {
      if (name === DEFAULT_WORLD)
        throw new ControlError(
          409,
          'DEFAULT_WORLD',
          'The default world stays; POST /__mock/reset empties it.',
        )
      if (!worlds.drop(name)) throw unknownWorld(worlds, name)
      await listeners?.closeOf(name)
      return {}
    },
  }),
]

function summary(world: World): WorldSummary {
  const { api, storage } = world.urls
  return { name: world.name, url: api, storageUrl: storage }
}

function freeName(worlds: Worlds): string {
  let number = worlds.list().length
  while (worlds.get(`world-${number}`)) number += 1
  return `world-${number}`
}

function fixture(worlds: Worlds, name: string): WorldDefinition {
  const fixtures = listWorlds()
  if (fixtures.includes(name)) return readWorld(name)
  const { status, code, message } = unknownWorld(worlds, name)
  throw new ControlError(status, code, `${message} Fixture worlds: ${fixtures.join(', ')}.`)
}

export function unknownWorld(worlds: Worlds, name: string): ControlError {
  const names = worlds.list().map((world) => world.name)
  return new ControlError(
    404,
    'UNKNOWN_WORLD',
    `No world "${name}". There are: ${names.join(', ')}.`,
  )
}
