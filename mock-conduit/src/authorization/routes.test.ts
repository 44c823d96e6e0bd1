import { expect, test } from 'vitest'
import { failure } from '../database/test-collection.ts'
import { ANN, BOB, guarded, makeDoc } from './test-guarded.ts'

const refused = {
  status: 403,
  body: { name: 'FORBIDDEN', status: 403, message: 'User does not have access to scope' },
}
const OBJECT = 'Object must be a valid resource identifier'

test('a check looks at the scope first: its form, the action, the right to it; then at the resource', async () => {
  const { ann } = await guarded()
  const check = (query: string) => ann(`GET /authorization/check?${query}`)
  expect(await check('action=1&resource=zzz&scope=zzz')).toEqual(failure(OBJECT))
  expect(await check(`action=1&resource=zzz&scope=User:${BOB}`)).toEqual(
    failure('Relation must be a plain string'),
  )
  expect(await check(`action=read&resource=zzz&scope=User:${BOB}`)).toEqual(refused)
  expect(await check(`action=read&resource=zzz&scope=User:${ANN}`)).toEqual(failure(OBJECT))
  expect(await check('action=1&resource=zzz')).toEqual(failure(OBJECT))
  expect(await check('action=1&resource=Doc:1')).toEqual(failure('Relation must be a plain string'))
})

test('an empty scope is nobody: a check refuses it, and it has no roles', async () => {
  const { ann } = await guarded()
  const id = await makeDoc(ann, 'a')
  expect(await ann(`GET /authorization/check?action=read&resource=Doc:${id}&scope=`)).toEqual(
    failure('Subject must be a valid resource identifier'),
  )
  const roles = async (scope: string) =>
    (await ann(`GET /authorization/role/Doc:${id}${scope}`)).body
  expect(await roles('')).toEqual({ roles: ['owner'] })
  expect(await roles('?scope=')).toEqual({ roles: [] })
  expect(await roles(`?scope=User:${ANN}`)).toEqual({ roles: ['owner'] })
})

test('roles of a scope need the right to read it', async () => {
  const { ann, bob } = await guarded()
  const id = await makeDoc(ann, 'a')
  expect(await bob(`GET /authorization/role/zzz?scope=Doc:${id}`)).toEqual(refused)
  expect(await bob('GET /authorization/role/zzz?scope=zzz')).toEqual(failure(OBJECT))
  expect((await ann(`GET /authorization/role/zzz?scope=Doc:${id}`)).body).toEqual({ roles: [] })
})
