import { PNG } from 'pngjs'
import { expect, test } from 'vitest'
import { meanColour } from '@/lib/logic/colour'

test('the colour of a picture is the mean of its pixels', () => {
  const png = new PNG({ width: 2, height: 1 })
  png.data.set([255, 0, 0, 255, 1, 0, 64, 255])
  expect(meanColour(PNG.sync.write(png))).toBe('#800020')
})

test('other files are refused', () => {
  expect(() => meanColour(Buffer.from('not a picture at all, but long enough'))).toThrow(
    'Only small PNG pictures have a colour here.',
  )
})
