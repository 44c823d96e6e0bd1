import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { bytesIn, isLinear, linearNumbers } from './linear-generator.ts'

it('makes the numbers that java.util.Random makes', () => {
  // new Random(42): the first three of nextInt(), as the documentation of its algorithm has them follow from the seed
  expect(linearNumbers(42n, 3).map((number) => number | 0)).toEqual([
    -1170105035, 234785527, -1360544799,
  ])
})

it('knows such numbers again, in either order of bytes, and takes random ones for what they are', () => {
  const numbers = linearNumbers(BigInt(Date.now()), 4)
  const written = (write: (bytes: Buffer, value: number, at: number) => void) => {
    const bytes = Buffer.alloc(16)
    numbers.forEach((number, index) => {
      write(bytes, number, 4 * index)
    })
    return bytes
  }
  const little = written((bytes, value, at) => bytes.writeUInt32LE(value, at))
  const big = written((bytes, value, at) => bytes.writeUInt32BE(value, at))
  expect([little, big, randomBytes(16), randomBytes(8)].map(isLinear)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

it('reads hexadecimal and Base64 in the middle of a value', () => {
  const bytes = randomBytes(24)
  const found = [bytes.toString('hex'), bytes.toString('base64url')].map((text) =>
    bytesIn(`"sid:${text}"`).some((read) => read.equals(bytes)),
  )
  expect(found).toEqual([true, true])
})
