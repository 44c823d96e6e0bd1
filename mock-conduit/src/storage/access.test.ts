import { describe, expect, test } from 'vitest'
import { seedRelations } from '../authorization/seed.ts'
import { base64, forbidden, internal, makeFile, setup, textAt, told } from './test-storage.ts'

const guarded = () => setup({ storage: { authorization: { enabled: true } } })
const DENIED = 'You do not have access to file'

describe('with storage authorization', () => {
  test('the creator owns the file and others get 403 or, where handlers wrap it, 500', async () => {
    const backend = await guarded()
    const { call, bob, ann } = backend
    const id = await makeFile(backend)
    const asBob = async (operation: string, json?: unknown) =>
      told(await call(operation, { auth: bob, json }))
    expect(await asBob(`GET /storage/file/${id}`)).toEqual(forbidden(DENIED))
    expect(await asBob(`GET /storage/getFileUrl/${id}`)).toEqual(internal(DENIED))
    expect(await asBob(`GET /storage/file/data/${id}`)).toEqual(internal(DENIED))
    expect(await asBob(`DELETE /storage/file/${id}`)).toEqual(internal(DENIED))
    expect(await asBob(`PATCH /storage/file/${id}`, { data: '' })).toEqual(forbidden(DENIED))
    expect(await asBob(`PATCH /storage/upload/${id}`, {})).toEqual(forbidden(DENIED))
    expect((await call(`DELETE /storage/file/${id}`, { auth: ann })).body).toEqual({
      success: true,
    })
  })

  test('public files are open, but their data is not', async () => {
    const backend = await guarded()
    const id = await makeFile(backend, { isPublic: true })
    const { call, bob } = backend
    expect((await call(`GET /storage/file/${id}`)).status).toBe(200)
    expect((await call(`GET /storage/getFileUrl/${id}`)).status).toBe(200)
    expect(told(await call(`GET /storage/file/data/${id}`, { auth: bob }))).toEqual(
      internal(DENIED),
    )
  })

  test('relations open what they grant', async () => {
    const backend = await guarded()
    const { call, bob, world } = backend
    const id = await makeFile(backend)
    seedRelations(world, [{ subject: 'User:b1', relation: 'reader', resource: `File:${id}` }])
    expect((await call(`GET /storage/file/${id}`, { auth: bob })).status).toBe(200)
    const json = { data: '' }
    expect((await call(`PATCH /storage/file/${id}`, { auth: bob, json })).status).toBe(403)
    seedRelations(world, [{ subject: 'User:b1', relation: 'editor', resource: `File:${id}` }])
    expect((await call(`PATCH /storage/file/${id}`, { auth: bob, json })).status).toBe(200)
    expect((await call(`DELETE /storage/file/${id}`, { auth: bob })).status).toBe(500)
  })

  test('a scope that the user may read becomes owner', async () => {
    const backend = await guarded()
    const { call, ann, bob, world } = backend
    seedRelations(world, [{ subject: 'User:b1', relation: 'readAll', resource: 'Team:t' }])
    const json = { name: 'x', data: base64('x') }
    const create = (scope: string, auth: string) =>
      call(`POST /storage/file?scope=${scope}`, { json, auth })
    const id = textAt(await create('Team:t', bob), '_id')
    expect((await call(`GET /storage/file/${id}`, { auth: bob })).status).toBe(200)
    expect((await call(`GET /storage/file/${id}`, { auth: ann })).status).toBe(403)
    expect(told(await create('Team:t', ann))).toEqual(
      forbidden('You are not allowed to create files in this scope'),
    )
    expect(told(await create('zzz', ann))).toEqual(
      internal('Object must be a valid resource identifier'),
    )
  })

  test('an empty scope is refused after the file is stored', async () => {
    const backend = await guarded()
    const { call, ann } = backend
    const create = () =>
      call('POST /storage/file?scope=', { json: { name: 'x', data: '' }, auth: ann })
    expect(told(await create())).toEqual(
      internal(
        '/authorization.Authorization/CreateRelation INTERNAL: Subject must be a valid resource identifier',
      ),
    )
    expect(told(await create())).toEqual(internal('File already exists'))
  })
})

test('without it scope is ignored and any user may do anything', async () => {
  const backend = await setup()
  const { call, bob } = backend
  const json = { name: 'x', data: '' }
  const id = textAt(await call('POST /storage/file?scope=zzz', { json, auth: bob }), '_id')
  expect((await call(`DELETE /storage/file/${id}`, { auth: backend.ann })).status).toBe(200)
})
