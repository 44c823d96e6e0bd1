import { z } from 'zod'
import { BffFailure, unavailable } from '../failure.ts'
import { readJson } from '../read-json.ts'
import type { Handler, Services } from '../services.ts'

export const PAGE_SIZE = 20

const text = z.string().nullish()
const postSchema = z.object({
  _id: z.string(),
  title: z.string(),
  body: text,
  status: text,
  author: text,
  /** A File document, or its id: nothing of it but the id is for the browser, the bytes come by way of the preview route. */
  cover: z.union([z.string(), z.object({ _id: z.string() })]).nullish(),
  createdAt: text,
})
const pageSchema = z.object({ documents: z.array(postSchema), count: z.number() })

const querySchema = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  q: z.string().max(200).optional(),
  sort: z.enum(['title', '-title', 'createdAt', '-createdAt']).default('-createdAt'),
})

const newPostSchema = z.object({
  title: z.string().min(1).max(255),
  body: z.string().max(255).optional(),
  team: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
})

type Needs = Pick<Services, 'conduit' | 'sessions'>

/** GET /api/posts?page=&q=&sort= → { items, total, page }; `q` is searched by the backend, never here. */
export function createListHandler({ conduit, sessions }: Needs): Handler {
  return async (c) => {
    const session = await sessions.require(c.req.header('cookie'))
    const query = querySchema.safeParse(c.req.query())
    if (!query.success) throw new BffFailure(400, 'bad_query')
    const { page, q, sort } = query.data
    const window = {
      skip: String((page - 1) * PAGE_SIZE),
      limit: String(PAGE_SIZE),
      sort,
    }
    const { signal } = c.req.raw
    const answer = pageSchema.safeParse(
      await conduit.json(
        session,
        q === undefined || q === ''
          ? {
              method: 'GET',
              path: '/database/Post',
              query: { ...window, populate: 'cover' },
              signal,
            }
          : {
              method: 'GET',
              path: '/database/function/SearchPosts',
              query: { ...window, term: q },
              signal,
            },
      ),
    )
    if (!answer.success) throw unavailable(502, 'backend_answer_invalid')
    return c.json({ items: answer.data.documents.map(toItem), total: answer.data.count, page })
  }
}

/** POST /api/posts { title, body?, team? } → 201 and the post, in the team's scope or the caller's own. */
export function createCreateHandler({ conduit, sessions }: Needs): Handler {
  return async (c) => {
    const session = await sessions.require(c.req.header('cookie'))
    const wanted = newPostSchema.safeParse(await readJson(c))
    if (!wanted.success) throw new BffFailure(400, 'bad_post')
    const { team, ...post } = wanted.data
    const created = postSchema.safeParse(
      await conduit.json(session, {
        method: 'POST',
        path: '/database/Post',
        query: { scope: team === undefined ? `User:${session.entry.userId}` : `Team:${team}` },
        json: post,
      }),
    )
    if (!created.success) throw unavailable(502, 'backend_answer_invalid')
    return c.json(toItem(created.data), 201)
  }
}

const toItem = ({ _id, title, body, status, author, cover, createdAt }: Post) => ({
  id: _id,
  title,
  body: body ?? null,
  status: status ?? null,
  author: author ?? null,
  cover: typeof cover === 'object' ? (cover?._id ?? null) : (cover ?? null),
  createdAt: createdAt ?? null,
})

type Post = z.output<typeof postSchema>
