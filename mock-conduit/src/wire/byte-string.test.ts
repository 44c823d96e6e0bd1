import { describe, expect, test } from 'vitest'
import { ByteString, utf8 } from './byte-string.ts'

describe('ByteString', () => {
  test('joins its items with commas between what stands before and after', () => {
    const list = new ByteString('[', ['1', '22', '3'], ']')
    expect([list.text, list.length, list.bytes().toString()]).toEqual(['[1,22,3]', 8, '[1,22,3]'])
  })

  test('an empty list has no comma', () => {
    const list = new ByteString('[', [], ']')
    expect([list.text, list.length]).toEqual(['[]', 2])
  })

  test('counts and gives the bytes of UTF-8, not the characters', () => {
    const text = '{"title":"Γειά 👋 ü"}'
    const body = new ByteString('[', [utf8(text), utf8('"a"')], ']')
    const bytes = Buffer.from(`[${text},"a"]`)
    expect([body.length, body.bytes()]).toEqual([bytes.length, bytes])
  })

  test('lets its text go and has it again', () => {
    const list = new ByteString('[', ['1', '2'], ']')
    const { text } = list
    list.release()
    expect([list.text, list.whole().text]).toEqual([text, text])
  })
})
