import { z } from 'zod'
import { answer, json, refuseForeign } from '../../../lib/answer'
import { conduit, dataOf } from '../../../lib/conduit'
import { Problem } from '../../../lib/problem'
import { mustVaultKey } from '../../../lib/session'

const PER_PAGE = 20

const articleSchema = z.object({ _id: z.string(), title: z.string(), body: z.string().nullish() })
const pageSchema = z.object({ documents: z.array(articleSchema), count: z.number() })
const querySchema = z.object({ page: z.coerce.number().int().min(1).default(1) })
const newSchema = z.object({ title: z.string().min(1).max(255), body: z.string().optional() })

/** GET /api/articles?page=&search= → { articles, total }. */
export const GET = (request: Request): Promise<Response> =>
  answer(async () => {
    const key = await mustVaultKey()
    const search = new URL(request.url).searchParams
    const { page } = read(querySchema, { page: search.get('page') ?? undefined }, 400)
    const term = search.get('search')
    const query = new URLSearchParams({
      skip: String((page - 1) * PER_PAGE),
      limit: String(PER_PAGE),
      ...(term ? { term } : {}),
    })
    const path = term ? '/database/function/SearchPosts' : '/database/Post'
    const found = await conduit(key, `${path}?${query.toString()}`, { signal: request.signal })
    const { documents, count } = read(pageSchema, dataOf(found), 502)
    return json({ articles: documents.map(shown), total: count })
  })

/** POST /api/articles { title, body? } → 201 { article }. */
export const POST = (request: Request): Promise<Response> =>
  answer(async () => {
    refuseForeign(request)
    const key = await mustVaultKey()
    const body = read(newSchema, await request.json().catch(() => undefined), 400)
    const made = await conduit(key, '/database/Post', { method: 'POST', body })
    return json({ article: shown(read(articleSchema, dataOf(made), 502)) }, 201)
  })

function read<T>(schema: z.ZodType<T>, value: unknown, status: 400 | 502): T {
  const result = schema.safeParse(value)
  if (!result.success) throw new Problem(status, status === 400 ? 'not-valid' : 'backend-failed')
  return result.data
}

const shown = ({ _id, title, body }: z.output<typeof articleSchema>) => ({
  id: _id,
  title,
  body: body ?? '',
})
