import { configModules } from '../../world/config.ts'
import type { Clock } from '../../world/clock.ts'
import { nearestNames } from '../../wire/nearest.ts'
import * as answers from '../answers.ts'
import { ControlError } from '../control-error.ts'
import { operationNames } from '../known-operation.ts'
import { operation } from '../operation.ts'
import { optionsPatch } from '../options-patch.ts'
import { clockChange, configPatch, nothing } from '../schemas.ts'

export const settingOperations = [
  operation({
    method: 'POST',
    path: '/reset',
    summary:
      'Back to the seed: data, tokens, config, options, clock, caches, faults, gates, journal.',
    body: nothing,
    answer: answers.done,
    handle({ world }) {
      world.reset()
      return {}
    },
  }),
  operation({
    method: 'GET',
    path: '/config',
    summary: "The world's effective module configs, in Conduit's shape.",
    answer: answers.config,
    handle: ({ world }) => world.config,
  }),
  operation({
    method: 'PUT',
    path: '/config',
    summary: "Lays module configs over the world's own; {} brings its own back.",
    body: configPatch,
    answer: answers.config,
    handle({ world, body }) {
      for (const name of Object.keys(body)) {
        if (configModules.includes(name)) continue
        const near = nearestNames(configModules, name).join(', ')
        throw new ControlError(400, 'UNKNOWN_MODULE', `No module "${name}". Nearest: ${near}.`)
      }
      return world.setConfig(body)
    },
  }),
  operation({
    method: 'GET',
    path: '/operations',
    summary: 'Names that faults, gates and journal queries know requests by.',
    answer: answers.operations,
    handle: ({ world }) => ({ operations: operationNames(world) }),
  }),
  operation({
    method: 'GET',
    path: '/options',
    summary: "The world's options.",
    answer: answers.options,
    handle: ({ world }) => world.options,
  }),
  operation({
    method: 'PUT',
    path: '/options',
    summary: 'Changes the options given, keeps the others.',
    body: optionsPatch,
    answer: answers.options,
    handle: ({ world, body }) => world.setOptions(body),
  }),
  operation({
    method: 'POST',
    path: '/cache/clear',
    summary: 'Forgets the GET cache and the rate-limit counters.',
    body: nothing,
    answer: answers.done,
    handle({ world }) {
      world.clearCaches()
      return {}
    },
  }),
  operation({
    method: 'GET',
    path: '/clock',
    summary: "The world's time.",
    answer: answers.clock,
    handle: ({ world }) => shown(world.clock),
  }),
  operation({
    method: 'POST',
    path: '/clock',
    summary: "Moves, sets, freezes or resumes the world's time.",
    body: clockChange,
    answer: answers.clock,
    handle({ world: { clock }, body }) {
      if (body.freeze) clock.freeze()
      if (body.setMs !== undefined) clock.set(body.setMs)
      if (body.advanceMs !== undefined) clock.advance(body.advanceMs)
      if (body.resume) clock.resume()
      return shown(clock)
    },
  }),
]

function shown(clock: Clock): { now: number; frozen: boolean } {
  return { now: clock.now(), frozen: clock.frozen }
}
