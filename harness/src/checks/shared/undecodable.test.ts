import { expect, it } from 'vitest'
import { undecodable } from './undecodable.ts'

const sent = (type: string, text: string) =>
  undecodable({
    method: 'POST',
    path: '/login',
    headers: [['Content-Type', type]],
    body: Buffer.from(text),
  }).body?.toString()

it('leaves no form and no JSON that could be read, and all of the password in it', () => {
  expect(sent('application/x-www-form-urlencoded', 'mail=a&secret=Pw-1')).toBe(
    'mail=a&secret=Pw-1&more=%',
  )
  expect(sent('application/json', '{"password":"Pw-1"}')).toBe('{"password":"Pw-1"')
  expect(undecodable({ method: 'GET', path: '/', headers: [] }).body).toBeUndefined()
})
