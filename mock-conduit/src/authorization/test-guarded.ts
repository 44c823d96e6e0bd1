import type { WorldDefinition } from '@conduit-bff/fixtures'
import { collections, openSchema } from '../database/test-collection.ts'

const PASSWORD = 'correct horse battery 1'
export const ANN = '00000000-0000-4000-8000-00000000000a'
export const BOB = '00000000-0000-4000-8000-00000000000b'

const { modelOptions: _open, ...doc } = openSchema('Doc', { title: 'String' })

/** The schema `Doc` with authorization, ann and bob, and what either of them sends. */
export async function guarded(given: Partial<WorldDefinition> = {}) {
  const { mock, call } = await collections({
    schemas: [{ ...doc, modelOptions: { conduit: { authorization: { enabled: true } } } }],
    users: [
      { _id: ANN, email: 'ann@example.com', password: PASSWORD },
      { _id: BOB, email: 'bob@example.com', password: PASSWORD },
    ],
    ...given,
  })
  const login = async (name: string) => {
    const json = { email: `${name}@example.com`, password: PASSWORD }
    const { body } = await call('POST /authentication/local', json)
    const { accessToken } = body as { accessToken: string }
    return (operation: string, sent?: unknown) => call(operation, sent, accessToken)
  }
  return { mock, ann: await login('ann'), bob: await login('bob') }
}

/** Makes a document; answers its id. */
export async function makeDoc(
  as: Awaited<ReturnType<typeof guarded>>['ann'],
  title: string,
): Promise<string> {
  const { body } = await as('POST /database/Doc', { title })
  return (body as { _id: string })._id
}
