import { BffFailure } from '../../failure.ts'
import { readJson } from '../../read-json.ts'
import type { Parts } from '../../services.ts'
import { wrappedRoute } from '../change-answer.ts'
import { endingOn } from '../ended-process.ts'
import { defineMutant } from '../mutant.ts'

/** Takes names out that a database would read as operators. */
function harmless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(harmless)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.startsWith('$'))
      .map(([name, each]) => [name, harmless(each)]),
  )
}

export const deepJsonBreaks = defineMutant({
  name: 'deep-json-breaks',
  defect:
    'A function that calls itself walks through the body before anybody looks at it, and its overflow ends the process.',
  kills: { 'PROXY-13': /^the answer to JSON \d+ levels deep$/ },
  apply: (parts) => endingOn(walking(parts), (error) => error instanceof RangeError),
})

const walking = (parts: Parts): Parts =>
  wrappedRoute(parts, 'create', (_, { conduit, sessions }) => async (c) => {
    const session = await sessions.require(c.req.header('cookie'))
    const { title } = harmless(await readJson(c)) as { title?: unknown }
    if (typeof title !== 'string' || title.length > 255) throw new BffFailure(400, 'bad_post')
    await conduit.json(session, {
      method: 'POST',
      path: '/database/Post',
      query: { scope: `User:${session.entry.userId}` },
      json: { title },
    })
    return c.json({ title }, 201)
  })
