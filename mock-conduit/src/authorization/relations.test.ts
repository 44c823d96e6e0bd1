import { readWorld } from '@conduit-bff/fixtures'
import { expect, test } from 'vitest'
import { realPorts, Worlds } from '../worlds.ts'
import { can, permittedIds, relate, unrelate } from './relations.ts'

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
  unrelate(backend, owner)
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
])('refuses %j: %s', (relation, message) => {
  expect(() => {
    relate(world(), relation)
  }).toThrow(new Error(message))
})

test('names of Object’s own are no types, relations or actions', () => {
  const backend = world()
  relate(backend, { subject: 'User:u', relation: 'owner', resource: doc })
  for (const name of ['constructor', '__proto__', 'toString']) {
    expect(can(backend, 'User:u', name, doc)).toBe(false)
    expect(can(backend, 'User:u', 'read', `${name}:1`)).toBe(false)
  }
})
