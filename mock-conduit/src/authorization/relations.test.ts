import { readWorld } from '@conduit-bff/fixtures'
import { expect, test } from 'vitest'
import { realPorts, Worlds } from '../worlds.ts'
import { can, permittedIds } from './permissions.ts'
import { relate, relateAll, unrelateAll } from './relations.ts'

const bases = { api: 'http://api.test', storage: 'http://storage.test' }
const world = () => new Worlds(realPorts, bases).create('default', readWorld('recorded'))
const doc = 'TeamDoc:d1'

/** A document that a team owns, and the user's relation to the team. */
function teamDocument(relation: string) {
  const backend = world()
  relate(backend, { subject: 'Team:t', relation: 'owner', resource: doc })
  relate(backend, { subject: 'User:u', relation, resource: 'Team:t' })
  return (action: string) => can(backend, 'User:u', action, doc)
}

const actions = ['read', 'edit', 'delete'] as const

test.each([
  ['owner', [true, true, true]],
  ['editAll', [true, true, false]],
  ['readAll', [true, false, false]],
  ['member', [false, false, false]],
])('a team’s %s may read, edit, delete the team’s documents: %j', (relation, expected) => {
  expect(actions.map(teamDocument(relation))).toEqual(expected)
})

test.each([
  ['owner', [true, true, true]],
  ['editor', [true, true, true]],
  ['reader', [true, false, false]],
])('a document’s own %s may read, edit, delete it: %j', (relation, expected) => {
  const backend = world()
  relate(backend, { subject: 'User:u', relation, resource: doc })
  expect(actions.map((action) => can(backend, 'User:u', action, doc))).toEqual(expected)
  expect(actions.map((action) => can(backend, 'User:other', action, doc))).toEqual([
    false,
    false,
    false,
  ])
})

test('the owner of a parent team reaches what its teams own, through any depth', () => {
  const backend = world()
  relate(backend, { subject: 'User:u', relation: 'owner', resource: 'Team:top' })
  relate(backend, { subject: 'Team:top', relation: 'owner', resource: 'Team:mid' })
  relate(backend, { subject: 'Team:mid', relation: 'owner', resource: doc })
  expect(permittedIds(backend, 'User:u', 'read', 'TeamDoc')).toEqual(new Set(['d1']))
})

test('teams that own each other are asked once, and permit nothing by themselves', () => {
  const backend = world()
  relate(backend, { subject: 'Team:a', relation: 'owner', resource: 'Team:b' })
  relate(backend, { subject: 'Team:b', relation: 'owner', resource: 'Team:a' })
  relate(backend, { subject: 'Team:a', relation: 'owner', resource: doc })
  expect(can(backend, 'User:u', 'read', doc)).toBe(false)
  expect(permittedIds(backend, 'Team:b', 'read', 'TeamDoc')).toEqual(new Set(['d1']))
})

test('a relation taken back permits nothing', () => {
  const backend = world()
  const owner = { subject: 'User:u', relation: 'owner', resource: doc }
  relate(backend, owner)
  unrelateAll(backend, [owner])
  expect(can(backend, 'User:u', 'read', doc)).toBe(false)
})

test.each([
  [
    { subject: 'u', relation: 'owner', resource: doc },
    'Subject must be a valid resource identifier',
  ],
  [
    { subject: 'User:u', relation: 'owner', resource: 'd' },
    'Object must be a valid resource identifier',
  ],
  [{ subject: 'User:u', relation: 'a b', resource: doc }, 'Relation must be a plain string'],
  [{ subject: 'X:u', relation: 'owner', resource: doc }, 'Subject resource not found'],
  [
    { subject: 'User:u', relation: 'owner', resource: 'Post:1' },
    'Object resource definition not found',
  ],
  [{ subject: 'User:u', relation: 'toString', resource: doc }, 'Relation not allowed'],
  [{ subject: 'Team:t', relation: 'member', resource: 'Team:s' }, 'Relation not allowed'],
  [
    { subject: 'Team:t', relation: 'owner', resource: 'Team:t' },
    'Subject and object must be different',
  ],
])('refuses %j: %s', (relation, message) => {
  expect(() => {
    relate(world(), relation)
  }).toThrow(new Error(message))
})

test('names of Object’s own are no types, relations or actions', () => {
  const backend = world()
  relate(backend, { subject: 'User:u', relation: 'owner', resource: doc })
  for (const name of ['constructor', 'toString'])
    expect(can(backend, 'User:u', name, doc)).toBe(false)
  for (const name of ['constructor', '__proto__', 'toString']) {
    expect(can(backend, 'User:u', 'read', `${name}:1`)).toBe(false)
  }
})

test.each([
  ['u', 'read', doc, 'Subject must be a valid resource identifier'],
  ['User:u', 'read', 'd', 'Object must be a valid resource identifier'],
  ['User:u', '__proto__', doc, 'Relation must be a plain string'],
])('asks not whether %s may %s %s: %s', (subject, action, resource, message) => {
  expect(() => can(world(), subject, action, resource)).toThrow(new Error(message))
})

test('an entity may do anything with itself, but is not in the list of what it may do that with', () => {
  const backend = world()
  expect(can(backend, doc, 'read', doc)).toBe(true)
  expect(permittedIds(backend, doc, 'read', 'TeamDoc')).toEqual(new Set())
})

test('a parent that a team gets later reaches nothing that the team owned before', () => {
  const backend = world()
  relate(backend, { subject: 'Team:mid', relation: 'owner', resource: 'TeamDoc:before' })
  relate(backend, { subject: 'Team:top', relation: 'owner', resource: 'Team:mid' })
  relate(backend, { subject: 'Team:mid', relation: 'owner', resource: 'TeamDoc:after' })
  relate(backend, { subject: 'User:u', relation: 'owner', resource: 'Team:top' })
  expect(permittedIds(backend, 'User:u', 'read', 'TeamDoc')).toEqual(new Set(['after']))
  expect(can(backend, 'User:u', 'read', 'TeamDoc:before')).toBe(false)
})

test('of relations taken back together only the first stops to count', () => {
  const backend = world()
  const relations = ['a', 'b'].map((name) => ({
    subject: `User:${name}`,
    relation: 'owner',
    resource: doc,
  }))
  for (const relation of relations) relate(backend, relation)
  unrelateAll(backend, relations)
  expect(['User:a', 'User:b'].map((user) => can(backend, user, 'read', doc))).toEqual([false, true])
  expect(permittedIds(backend, 'User:b', 'edit', 'TeamDoc')).toEqual(new Set(['d1']))
  for (const relation of relations.slice(1)) relate(backend, relation)
  unrelateAll(backend, relations.slice(1))
  expect(permittedIds(backend, 'User:b', 'edit', 'TeamDoc')).toEqual(new Set())
})

test('a decision stands for a minute, unless the subject gets a relation of its own', () => {
  const backend = world()
  backend.clock.freeze()
  const mayRead = () => can(backend, 'User:u', 'read', 'Team:sub')
  relate(backend, { subject: 'User:u', relation: 'owner', resource: 'Team:top' })
  expect(mayRead()).toBe(false)
  relate(backend, { subject: 'Team:top', relation: 'owner', resource: 'Team:sub' })
  expect(mayRead()).toBe(false)
  backend.clock.advance(59_999)
  expect(mayRead()).toBe(false)
  backend.clock.advance(1)
  expect(mayRead()).toBe(true)
  relate(backend, { subject: 'User:u', relation: 'readAll', resource: 'Team:other' })
  expect(mayRead()).toBe(true)
})

test('several relations at once are one relation each, and none is refused', () => {
  const backend = world()
  const owner = { subject: 'User:u', relation: 'owner' }
  expect(() => {
    relateAll(backend, { ...owner, resources: [] })
  }).toThrow(new Error('Missing relations (subject, relation, object)'))
  expect(() => {
    relateAll(backend, { ...owner, subject: '', resources: [] })
  }).toThrow(new Error('Subject resource not found'))
  relateAll(backend, { ...owner, resources: ['TeamDoc:1', 'TeamDoc:2'] })
  expect(permittedIds(backend, 'User:u', 'read', 'TeamDoc')).toEqual(new Set(['1', '2']))
  expect(() => {
    relateAll(backend, { ...owner, resources: [] })
  }).toThrow(new Error('Relations already exist'))
})

test('a resource type of the operator’s own grants what its roles say; everyone counts from the first relation on', () => {
  const garage = {
    name: 'Garage',
    relations: { keeper: ['User', 'Team'] },
    permissions: { read: ['keeper', 'keeper->read'], open: ['*'] },
  }
  const definition = { ...readWorld('recorded'), resources: [garage] }
  const backend = new Worlds(realPorts, bases).create('default', definition)
  const may = (user: string, action: string) => can(backend, `User:${user}`, action, 'Garage:1')
  expect(may('early', 'open')).toBe(false)
  relate(backend, { subject: 'User:u', relation: 'owner', resource: 'Team:t' })
  relate(backend, { subject: 'Team:t', relation: 'keeper', resource: 'Garage:1' })
  expect(['read', 'open', 'edit'].map((action) => may('u', action))).toEqual([true, true, false])
  expect(['read', 'open'].map((action) => may('other', action))).toEqual([false, true])
  expect(permittedIds(backend, 'User:other', 'open', 'Garage')).toEqual(new Set(['1']))
  expect(() => {
    relate(backend, { subject: 'File:f', relation: 'keeper', resource: 'Garage:1' })
  }).toThrow(new Error('Relation not allowed'))
})
