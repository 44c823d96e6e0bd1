import { listPosts } from '@/lib/logic/posts'
import type { PostPage } from '@/lib/models/post'
import { postQuery } from '@/lib/models/post-query'
import { pageData, pageSession } from '@/lib/page-session'
import { Problem } from '../problem'
import { SiteHeader } from '../site-header'

interface Search {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function PostsPage({ searchParams }: Search) {
  const { vaultKey, userId } = await pageSession()
  const params = new URLSearchParams(
    Object.entries(await searchParams).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
  const result = await pageData(read(vaultKey, params))
  return (
    <>
      <SiteHeader current="posts" />
      <main>
        <h1>Posts</h1>
        <form method="get" action="/posts" className="search" role="search">
          <input
            type="search"
            name="q"
            aria-label="Search titles"
            placeholder="Search titles"
            defaultValue={params.get('q') ?? ''}
          />
          <button type="submit">Search</button>
          <a href={`/posts?author=${userId}`}>Mine only</a>
          {params.get('q') !== null || params.get('author') !== null ? (
            <a href="/posts">All posts</a>
          ) : null}
        </form>
        {'problem' in result ? (
          <Problem text={result.problem} />
        ) : (
          <PostList page={result.data} params={params} />
        )}
      </main>
    </>
  )
}

async function read(vaultKey: string, params: URLSearchParams): Promise<PostPage> {
  return listPosts(vaultKey, postQuery(params))
}

function PostList({ page, params }: { page: PostPage; params: URLSearchParams }) {
  const pages = Math.max(1, Math.ceil(page.total / page.pageSize))
  return (
    <>
      <p className="muted">
        {page.total === 1 ? '1 post' : `${page.total} posts`}, page {page.page} of {pages}
      </p>
      <ol className="posts">
        {page.items.map((post) => (
          <li key={post.id} className="card">
            {post.coverId === null ? null : (
              <img src={`/api/preview/${post.coverId}`} alt="" width={72} height={72} />
            )}
            <div>
              <h2>{post.title}</h2>
              <p>{post.body}</p>
              <p className="muted">
                <time dateTime={post.createdAt}>{post.createdAt.slice(0, 10)}</time>
                {post.tags.map((tag) => (
                  <span key={tag} className="tag">
                    {tag}
                  </span>
                ))}
              </p>
            </div>
          </li>
        ))}
      </ol>
      <nav className="pager" aria-label="Pages">
        {page.page > 1 ? <a href={linkTo(params, page.page - 1)}>Newer</a> : <span />}
        {page.page < pages ? <a href={linkTo(params, page.page + 1)}>Older</a> : null}
      </nav>
    </>
  )
}

function linkTo(params: URLSearchParams, page: number): string {
  const next = new URLSearchParams(params)
  next.set('page', String(page))
  return `/posts?${next.toString()}`
}
