import { configModules } from '../../world/config.ts'
import type { Clock } from '../../world/clock.ts'
import { nearestNames } from '../../wire/nearest.ts'
import { anything } from '../answers.ts'
import { ControlError } from '../control-error.ts'
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
    answer: anything,
    handle({ world }) {
      world.reset()
      return {}
    },
  }),
  operation({
    method: 'GET',
    path: '/config',
    summary: "The world's effective module configs, in Conduit's shape.",
    answer: anything,
    handle: ({ world }) => world.config,
  }),
  operation({
    method: 'PUT',
    path: '/config',
    summary: "Lays module configs over the world's own; {} brings its own back.",
    body: configPatch,
    answer: anything,
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
    path: '/options',
    summary: "The world's options.",
    answer: anything,
    handle: ({ world }) => world.options,
  }),
  operation({
    method: 'PUT',
    path: '/options',
    summary: 'Changes the options given, keeps the others.',
    body: optionsPatch,
    answer: anything,
    handle: ({ world, body }) => world.setOptions(body),
  }),
  operation({
    method: 'POST',
    path: '/cache/clear',
    summary: 'Forgets the GET cache and the rate-limit counters.',
    body: nothing,
    answer: anything,
    handle({ world }) {
      world.clearCaches()
      return {}
    },
  }),
  operation({
    method: 'GET',
    path: '/clock',
    summary: "The world's time.",
    answer: anything,
    handle: ({ world }) => shown(world.clock),
  }),
  operation({
    method: 'POST',
    path: '/clock',
    summary: "Moves, sets, freezes or resumes the world's time.",
    body: clockChange,
    answer: anything,
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
