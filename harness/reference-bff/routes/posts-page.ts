import { html } from 'hono/html'
import { BffFailure } from '../failure.ts'
import { PAGE_HEADERS } from '../page.ts'
import type { BffContext, Handler, Services } from '../services.ts'
import { readUser } from './me.ts'
import { PAGE_SIZE, readPosts, type PostsView } from './posts.ts'

/** GET /posts?page=&q=&sort=: the posts as a page that the server renders; who is not signed in is sent to /. */
export function createPostsPageHandler({
  conduit,
  sessions,
}: Pick<Services, 'conduit' | 'sessions'>): Handler {
  return async (c) => {
    try {
      const session = await sessions.require(c.req.header('cookie'))
      const { signal } = c.req.raw
      const user = await readUser(conduit, session, signal)
      const view = await readPosts(conduit, session, { query: c.req.query(), signal })
      return await c.html(rendered(user.email ?? '', view, c.req.query()), 200, PAGE_HEADERS)
    } catch (error) {
      if (!(error instanceof BffFailure) || error.status !== 401) throw error
      return toSignIn(c, error.details.endsSession ? sessions.expiredCookie() : undefined)
    }
  }
}

function toSignIn(c: BffContext, cookie: string | undefined): Response {
  if (cookie !== undefined) c.header('set-cookie', cookie)
  return c.redirect('/', 303)
}

type Query = Readonly<Record<string, string>>

const rendered = (email: string, { items, total, page }: PostsView, query: Query) =>
  html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <title>Posts</title>
      <p>Signed in as ${email}. <a href="/">Start</a></p>
      <form method="get" action="/posts" role="search">
        <input type="search" name="q" aria-label="Search titles" value="${query['q'] ?? ''}" />
        <button type="submit">Search</button>
      </form>
      <p>${total} posts. <a href="${linkTo(query, { sort: 'title' })}">By title</a></p>
      <ul id="posts">
        ${items.map(
          ({ title, cover }) =>
            html`<li>
              ${title}${cover === null ? '' : html`<img src="/api/files/${encodeURIComponent(cover)}/preview" alt="" />`}
            </li>`,
        )}
      </ul>
      ${page * PAGE_SIZE < total ? html`<a rel="next" href="${linkTo(query, { page: String(page + 1) })}">Older</a>` : ''}
    </html> `

const linkTo = (query: Query, changes: Query) =>
  `/posts?${new URLSearchParams({ ...query, ...changes }).toString()}`
