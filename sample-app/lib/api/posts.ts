import { z } from 'zod'
import { refuseForeign, requireJson } from '@/lib/api/guard'
import { readBody } from '@/lib/api/read-body'
import { json, requireSession, respond } from '@/lib/api/respond'
import { createPost, listPictures, listPosts } from '@/lib/logic/posts'
import { postQuery } from '@/lib/models/post-query'

/** GET /api/posts?page=&q=&author=: one page of 20, filtered by the backend. */
export function list(request: Request): Promise<Response> {
  return respond(async () => {
    const { vaultKey } = await requireSession()
    return json(await listPosts(vaultKey, postQuery(new URL(request.url).searchParams)))
  })
}

const uuid = z.uuid()
const newPost = z.strictObject({
  title: z.string().trim().min(1).max(255),
  body: z.string().max(255).optional(),
  coverId: uuid.optional(),
  team: uuid.optional(),
})

/** POST /api/posts {title, body?, coverId?, team?}: the new post. */
export function create(request: Request): Promise<Response> {
  return respond(async () => {
    refuseForeign(request)
    const { vaultKey, userId } = await requireSession()
    requireJson(request)
    const { team, ...post } = await readBody(request, newPost)
    return json(await createPost(vaultKey, { ...post, teamId: team, authorId: userId }))
  })
}

/** GET /api/gallery: which files hang on the newest posts. */
export function gallery(): Promise<Response> {
  return respond(async () => json({ items: await listPictures((await requireSession()).vaultKey) }))
}
