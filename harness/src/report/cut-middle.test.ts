import { expect, it } from 'vitest'
import { cutMiddle } from './cut-middle.ts'

it('leaves short texts alone and cuts long ones in the middle', () => {
  expect(cutMiddle('GET /api/posts', 14)).toEqual('GET /api/posts')
  expect(cutMiddle('GET /database/Post?skip=0&limit=20', 20)).toEqual('GET /databas…imit=20')
})

it('keeps the names of tokens whole', () => {
  const text = 'GET /database/Post?skip=0&limit=20&sort=-createdAt ⟨AT2 alice⟩'
  expect(cutMiddle(text, 32)).toEqual('GET /databas…eatedAt ⟨AT2 alice⟩')
  expect(cutMiddle(text, 12)).toEqual('GET /…dAt ⟨AT2 alice⟩')
})
