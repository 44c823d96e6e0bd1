import { z } from 'zod'
import { conduitRequest } from '@/lib/conduit-request'
import { AppError } from '@/lib/models/app-error'
import type { Picture, Post, PostPage, Team } from '@/lib/models/post'

export const PAGE_SIZE = 20

const document = z.object({
  _id: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  status: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  author: z.string().nullish(),
  cover: z.string().nullish(),
  createdAt: z.string(),
})
const page = z.object({ documents: z.array(document), count: z.number() })

/** An answer of another form than expected is the backend's fault, not the browser's. */
function read<T>(schema: z.ZodType<T>, data: unknown): T {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  throw new AppError('BAD_GATEWAY', 'The backend gave an answer that cannot be read.')
}

/** Field by field: a document may hold more than the browser should see. */
function toPost({
  _id,
  title,
  body,
  status,
  tags,
  author,
  cover,
  createdAt,
}: z.infer<typeof document>): Post {
  return {
    id: _id,
    title,
    body: body ?? '',
    status: status ?? '',
    tags: tags ?? [],
    authorId: author ?? null,
    coverId: cover ?? null,
    createdAt,
  }
}

export interface PostQuery {
  page: number
  term?: string | undefined
  authorId?: string | undefined
}

/** One page of posts, newest first, filtered and cut by the backend. */
export async function listPosts(
  vaultKey: string,
  { page: number, term, authorId }: PostQuery,
): Promise<PostPage> {
  const paging = {
    skip: String((number - 1) * PAGE_SIZE),
    limit: String(PAGE_SIZE),
    sort: '-createdAt',
  }
  const call = filtered(term, authorId)
  const { documents, count } = read(
    page,
    await conduitRequest(vaultKey, {
      method: 'GET',
      path: call.path,
      query: { ...call.query, ...paging },
    }),
  )
  return { items: documents.map(toPost), total: count, page: number, pageSize: PAGE_SIZE }
}

function filtered(
  term: string | undefined,
  authorId: string | undefined,
): { path: `/${string}`; query: Record<string, string> } {
  if (term !== undefined && term !== '')
    return { path: '/database/function/SearchPosts', query: { term } }
  if (authorId !== undefined && authorId !== '')
    return { path: '/database/function/GetPostsByAuthor', query: { authorId } }
  return { path: '/database/Post', query: {} }
}

export interface NewPost {
  title: string
  body?: string | undefined
  coverId?: string | undefined
  teamId?: string | undefined
  authorId?: string | undefined
}

/** Creates a post; for a team, which must be one of the user's, the backend is told so by `scope`. */
export async function createPost(
  vaultKey: string,
  { title, body, coverId, teamId, authorId }: NewPost,
): Promise<Post> {
  if (teamId !== undefined && !(await listTeams(vaultKey)).some(({ id }) => id === teamId))
    throw new AppError('FORBIDDEN', 'You are not in this team.')
  const created = await conduitRequest(vaultKey, {
    method: 'POST',
    path: '/database/Post',
    ...(teamId === undefined ? {} : { query: { scope: `Team:${teamId}` } }),
    body: { title, body, cover: coverId, author: authorId, status: 'published' },
  })
  return toPost(read(document, created))
}

const teams = z.object({ teams: z.array(z.object({ _id: z.string(), name: z.string() })) })

/** The user's teams; none where the backend has teams switched off. */
export async function listTeams(vaultKey: string): Promise<Team[]> {
  try {
    const answer = read(
      teams,
      await conduitRequest(vaultKey, { method: 'GET', path: '/authentication/teams' }),
    )
    return answer.teams.map(({ _id, name }) => ({ id: _id, name }))
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return []
    throw error
  }
}

const covered = z.object({
  documents: z.array(
    z.object({
      _id: z.string(),
      title: z.string(),
      cover: z.object({ _id: z.string() }).nullish(),
    }),
  ),
})

/** Pictures of the newest posts: a file hangs on a post, there is no route that lists files. */
export async function listPictures(vaultKey: string): Promise<Picture[]> {
  const query = { populate: 'cover', sort: '-createdAt', skip: '0', limit: '60' }
  const { documents } = read(
    covered,
    await conduitRequest(vaultKey, { method: 'GET', path: '/database/Post', query }),
  )
  return documents.flatMap(({ _id, title, cover }) =>
    cover ? [{ fileId: cover._id, title, postId: _id }] : [],
  )
}
