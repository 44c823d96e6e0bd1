import type { WorldDefinition } from '@conduit-bff/fixtures'
import { createMockConduit } from '../index.ts'
import { testWorld } from '../test-world.ts'

export interface Answer {
  status: number
  body: unknown
}

const open = { enabled: true, authenticated: false }
const crudOperations = { create: open, read: open, update: open, delete: open }

/** A schema in export form that anybody may read and write. */
export function openSchema(name: string, fields: Record<string, unknown>): Record<string, unknown> {
  return {
    name,
    fields,
    modelOptions: {
      timestamps: true,
      conduit: { cms: { enabled: true, crudOperations }, authorization: { enabled: false } },
    },
  }
}

/** A backend in this process with the given schemas and endpoints, its clock frozen. */
export async function collections(given: Partial<WorldDefinition>) {
  const mock = createMockConduit({
    world: testWorld(given),
    options: { rateLimits: 'off' },
  })
  await mock.control.freeze()
  const call = async (operation: string, json?: unknown, token?: string): Promise<Answer> => {
    const [method = 'GET', path = '/'] = operation.split(/ (.*)/s)
    const response = await mock.fetch(
      new Request(`${mock.url}${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          'cache-control': 'no-cache',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      }),
    )
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text }
  }
  return { mock, call }
}

/** A 500 as the backend words it. */
export function failure(message: string): Answer {
  return { status: 500, body: { name: 'INTERNAL_SERVER_ERROR', status: 500, message } }
}
