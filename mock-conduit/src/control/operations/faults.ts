import * as answers from '../answers.ts'
import { ControlError } from '../control-error.ts'
import { knownOperation } from '../known-operation.ts'
import { operation } from '../operation.ts'
import { faultSpec, nothing } from '../schemas.ts'

export const faultOperations = [
  operation({
    method: 'POST',
    path: '/faults',
    summary: 'Arms a fault for the nth matching request.',
    body: faultSpec,
    answer: answers.fault,
    handle: ({ world, body }) =>
      world.faults.add({ ...body, operation: knownOperation(world, body.operation) }),
  }),
  operation({
    method: 'GET',
    path: '/faults',
    summary: 'Armed faults, and those that never hit.',
    answer: answers.faults,
    handle: ({ world }) => ({ faults: world.faults.list(), unused: world.faults.unused() }),
  }),
  operation({
    method: 'DELETE',
    path: '/faults',
    summary: 'Removes all faults; sockets that they hold are cut.',
    body: nothing,
    answer: answers.done,
    handle({ world }) {
      world.faults.remove()
      return {}
    },
  }),
  operation({
    method: 'DELETE',
    path: '/faults/:id',
    summary: 'Removes one fault; sockets that it holds are cut.',
    body: nothing,
    answer: answers.done,
    handle({ world, params: { id = '' } }) {
      if (!world.faults.list().some((fault) => fault.id === id))
        throw new ControlError(
          404,
          'UNKNOWN_FAULT',
          `No fault "${id}". GET /__mock/faults lists them.`,
        )
      world.faults.remove(id)
      return {}
    },
  }),
]
