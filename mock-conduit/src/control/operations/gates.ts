import type { Gates } from '../../world/gates.ts'
import * as answers from '../answers.ts'
import { ControlError } from '../control-error.ts'
import { knownOperation } from '../known-operation.ts'
import { operation } from '../operation.ts'
import { gateSpec, gateWait, nothing } from '../schemas.ts'
import type { Gate } from '../types.ts'
import { waitUntil } from '../wait-until.ts'

export const gateOperations = [
  operation({
    method: 'POST',
    path: '/gates',
    summary: 'Arms a gate that holds matching requests, answers or bodies.',
    body: gateSpec,
    answer: answers.gate,
    handle: ({ world, body }) =>
      world.gates.add({ ...body, operation: knownOperation(world, body.operation) }),
  }),
  operation({
    method: 'GET',
    path: '/gates',
    summary: 'Gates, and those that never held anything.',
    answer: answers.gates,
    handle: ({ world }) => ({ gates: world.gates.list(), unused: world.gates.unused() }),
  }),
  operation({
    method: 'GET',
    path: '/gates/:id/wait',
    summary: 'Answers when so many requests wait at the gate, or when it opened for so many.',
    query: gateWait,
    answer: answers.gate,
    async handle({ world: { gates }, signal, params: { id = '' }, query }) {
      const probe = () => arrived(known(gates, id), query.waiting)
      const watch = (listener: () => void) => gates.watch(listener)
      const gate = await waitUntil(probe, { watch, timeoutMs: query.timeoutMs, signal })
      if (gate) return gate
      const { waiting } = known(gates, id)
      throw new ControlError(
        408,
        'TIMED_OUT',
        `After ${query.timeoutMs} ms ${waiting} of ${query.waiting} requests wait at the gate.`,
      )
    },
  }),
  operation({
    method: 'POST',
    path: '/gates/:id/release',
    summary: 'Opens a gate for good.',
    body: nothing,
    answer: answers.gate,
    handle: ({ world: { gates }, params: { id = '' } }) => gates.release(id) ?? known(gates, id),
  }),
  operation({
    method: 'DELETE',
    path: '/gates',
    summary: 'Opens and removes all gates.',
    body: nothing,
    answer: answers.done,
    handle({ world: { gates } }) {
      gates.remove()
      return {}
    },
  }),
  operation({
    method: 'DELETE',
    path: '/gates/:id',
    summary: 'Opens and removes one gate.',
    body: nothing,
    answer: answers.done,
    handle({ world: { gates }, params: { id = '' } }) {
      known(gates, id)
      gates.remove(id)
      return {}
    },
  }),
]

function known(gates: Gates, id: string): Gate {
  const gate = gates.get(id)
  if (gate) return gate
  throw new ControlError(404, 'UNKNOWN_GATE', `No gate "${id}". GET /__mock/gates lists them.`)
}

/** A gate that opened for enough requests counts as reached; one that opened for fewer can never be. */
function arrived(gate: Gate, wanted: number): Gate | undefined {
  if (gate.waiting >= wanted || (gate.open && gate.held >= wanted)) return gate
  if (!gate.open) return undefined
  throw new ControlError(
    409,
    'GATE_OPEN',
    `The gate is open after it held ${gate.held}; it will not hold ${wanted}.`,
  )
}
