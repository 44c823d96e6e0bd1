import type { Listeners } from '../../listeners.ts'
import * as answers from '../answers.ts'
import { PortTaken } from '../../node.ts'
import { ControlError } from '../control-error.ts'
import { operation } from '../operation.ts'
import { newPort, nothing } from '../schemas.ts'

export const portOperations = [
  operation({
    method: 'GET',
    path: '/ports',
    summary: 'Further ports onto this world.',
    answer: answers.ports,
    handle: async ({ world, listeners }) => ({ ports: (await listeners?.list(world)) ?? [] }),
  }),
  operation({
    method: 'POST',
    path: '/ports',
    summary: 'Opens another port onto this world; its requests are journalled under the label.',
    body: newPort,
    answer: answers.port,
    async handle({ world, listeners, body: { label, port } }) {
      try {
        return await sockets(listeners).open(world, label, port)
      } catch (error) {
        if (!(error instanceof PortTaken)) throw error
        throw new ControlError(
          409,
          'PORT_TAKEN',
          `Port ${error.port} is taken. Leave "port" out for a free one.`,
        )
      }
    },
  }),
  operation({
    method: 'DELETE',
    path: '/ports/:label',
    summary: 'Closes a further port and its connections.',
    body: nothing,
    answer: answers.done,
    async handle({ world, listeners, params: { label = '' } }) {
      if (await sockets(listeners).close(world, label)) return {}
      throw new ControlError(
        404,
        'UNKNOWN_PORT',
        `No port "${label}". GET /__mock/ports lists them.`,
      )
    },
  }),
]

function sockets(listeners: Listeners | undefined): Listeners {
  if (listeners) return listeners
  throw new ControlError(
    409,
    'NO_SOCKETS',
    'This mock runs without sockets; use startMockConduit() for ports.',
  )
}
