import { BffFailure } from '../failure.ts'
import type { BackendCall } from '../conduit-http.ts'
import type { Parts } from '../services.ts'
import { wrappedRoute } from './change-answer.ts'
import { rebuilt } from './rebuild.ts'

/** A page of posts as the backend answers it. */
export interface PostsAnswer {
  documents: { title: string }[]
  count: number
}

/** How one upstream call of the posts page is answered; `ask` sends a call. */
type Read = (
  call: BackendCall,
  ask: (call: BackendCall) => Promise<PostsAnswer>,
) => Promise<PostsAnswer>

/** The parts whose page at `/posts`, and nothing else, reads its posts otherwise. */
export const readingPostsPage = (parts: Parts, read: Read): Parts =>
  wrappedRoute(parts, 'postsPage', (_, services) => async (c) => {
    const { conduit } = services
    const page = rebuilt(services, parts, {
      conduit: {
        ...conduit,
        json: (session, call) =>
          call.path.startsWith('/database/')
            ? read(call, async (sent) => postsIn(await conduit.json(session, sent)))
            : conduit.json(session, call),
      },
    })
    return page.postsPage(c)
  })

/** Every post, however many. */
export const ALL_POSTS: BackendCall = {
  method: 'GET',
  path: '/database/Post',
  query: { skip: '0', limit: '100000', sort: '-createdAt' },
}

function postsIn(answer: unknown): PostsAnswer {
  if (typeof answer !== 'object' || answer === null || !('documents' in answer))
    throw new BffFailure(502, 'backend_answer_invalid')
  return answer as PostsAnswer
}

/** What a call asked for of a whole list. */
export function windowOf({ query }: BackendCall, documents: PostsAnswer['documents']): PostsAnswer {
  const skip = Number(query?.['skip'] ?? 0)
  const limit = Number(query?.['limit'] ?? documents.length)
  return { documents: documents.slice(skip, skip + limit), count: documents.length }
}
