import { z } from 'zod'
import { jsonOf } from './backend.ts'
import type { FreshTokens } from './fresh-tokens.ts'
import { Problem } from './problem.ts'

const PER_PAGE = 10

const postSchema = z.object({ _id: z.string(), title: z.string(), body: z.string().nullish() })
const pageSchema = z.object({ documents: z.array(postSchema), count: z.number() })
const newSchema = z.object({ title: z.string().min(1).max(255), body: z.string().optional() })

/** A page of posts from an offset; `words` are looked for by the backend. */
export async function readFeed(
  tokens: FreshTokens,
  visit: string,
  search: URLSearchParams,
): Promise<unknown> {
  const offset = Number(search.get('offset') ?? 0)
  if (!Number.isInteger(offset) || offset < 0) throw new Problem(400, 'bad-offset')
  const words = search.get('words')
  const window = new URLSearchParams({ skip: String(offset), limit: String(PER_PAGE) })
  if (words) window.set('term', words)
  const path = words ? '/database/function/SearchPosts' : '/database/Post'
  const answer = await tokens.call(visit, `${path}?${window.toString()}`)
  const { documents, count } = read(pageSchema, jsonOf(answer))
  return { posts: documents.map(({ _id, title, body }) => ({ id: _id, title, body })), count }
}

/** Writes a post and gives its id. */
export async function writePost(tokens: FreshTokens, visit: string, text: string): Promise<string> {
  const post = newSchema.safeParse(parsed(text))
  if (!post.success) throw new Problem(400, 'bad-post')
  const body = JSON.stringify(post.data)
  const answer = await tokens.call(visit, '/database/Post', { method: 'POST', body })
  return read(postSchema, jsonOf(answer))._id
}

/** JSON of a request. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new Problem(400, 'no-json', { cause })
  }
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (!result.success) throw new Problem(502, 'nonsense')
  return result.data
}
