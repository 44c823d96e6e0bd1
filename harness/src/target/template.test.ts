import { expect, it } from 'vitest'
import { fillText, fillValue, mentions, TemplateError } from './template.ts'

it('fills names inside nested JSON and leaves the rest', () => {
  expect(
    fillValue({ a: ['{{user.email}}', 1], b: { c: 'x{{ id }}y' } }, { 'user.email': 'e', id: '7' }),
  ).toEqual({
    a: ['e', 1],
    b: { c: 'x7y' },
  })
})

it('stretches a secret to the length asked for', () => {
  expect(fillText('{{secret:5}}', { secret: 'abc' })).toEqual('abcab')
})

it('refuses an unknown name and lists the known ones', () => {
  expect(() => fillText('{{user.mail}}', { 'user.email': 'e' })).toThrow(
    new TemplateError('{{user.mail}} is not known here; known are {{user.email}}.'),
  )
})

it('sees a mention in any value', () => {
  expect([
    mentions({ A: '{{vault.url}}' }, 'vault.url'),
    mentions({ A: '{{port}}' }, 'vault.url'),
  ]).toEqual([true, false])
})
