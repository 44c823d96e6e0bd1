import { z } from 'zod'
import type { BackendCall } from '../conduit-http.ts'
import { BffFailure, unavailable } from '../failure.ts'
import { readJson } from '../read-json.ts'
import type { Handler, Services } from '../services.ts'
import type { Session } from '../sessions.ts'

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

const newPostsSchema = z.object({
  posts: z
    .array(newPostSchema.omit({ team: true }))
    .min(1)
    .max(100),
})
const createdSchema = z.object({ docs: z.array(postSchema) })

type Needs = Pick<Services, 'conduit' | 'sessions'>

/** What the caller may read of a page of posts, as the browser is given it. */
export interface PostsView {
  items: ReturnType<typeof toItem>[]
  total: number
  page: number
}

/** Reads `page`, `q` and `sort` of a query and that page of posts; `q` is searched by the backend, never here. */
export async function readPosts(
  conduit: Services['conduit'],
  session: Session,
  { query, signal }: { query: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<PostsView> {
  const wanted = querySchema.safeParse(query)
  if (!wanted.success) throw new BffFailure(400, 'bad_query')
  const { page, q, sort } = wanted.data
  const window = { skip: String((page - 1) * PAGE_SIZE), limit: String(PAGE_SIZE), sort }
  const call: BackendCall =
    q === undefined || q === ''
      ? { method: 'GET', path: '/database/Post', query: { ...window, populate: 'cover' }, signal }
      : {
          method: 'GET',
          path: '/database/function/SearchPosts',
          query: { ...window, term: q },
          signal,
        }
  const answer = pageSchema.safeParse(await conduit.json(session, call))
  if (!answer.success) throw unavailable(502, 'backend_answer_invalid')
  return { items: answer.data.documents.map(toItem), total: answer.data.count, page }
}

/** GET /api/posts?page=&q=&sort= → { items, total, page }. */
export function createListHandler({ conduit, sessions }: Needs): Handler {
  return async (c) => {
    const session = await sessions.require(c.req.header('cookie'))
    const { signal } = c.req.raw
    return c.json(await readPosts(conduit, session, { query: c.req.query(), signal }))
  }
}

/** POST /api/posts/many { posts } → 201 { items }, all of them in the caller's own scope. */
export function createCreateManyHandler({ conduit, sessions }: Needs): Handler {
  return async (c) => {
    const session = await sessions.require(c.req.header('cookie'))
    const wanted = newPostsSchema.safeParse(await readJson(c))
    if (!wanted.success) throw new BffFailure(400, 'bad_posts')
    const created = createdSchema.safeParse(
      await conduit.json(session, {
        method: 'POST',
        path: '/database/Post/many',
        query: { scope: `User:${session.entry.userId}` },
        json: { docs: wanted.data.posts },
      }),
    )
    if (!created.success) throw unavailable(502, 'backend_answer_invalid')
    return c.json({ items: created.data.docs.map(toItem) }, 201)
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
