/** Links are plain: nothing is prefetched, so an expired session is renewed by the page that is opened and by no other. */
export function SiteHeader({ current }: { current: 'posts' | 'new' | 'gallery' }) {
  const link = (name: typeof current, href: string, text: string) => (
    <a href={href} aria-current={current === name ? 'page' : undefined}>
      {text}
    </a>
  )
  return (
    <header className="site">
      <nav aria-label="Main">
        <span className="brand">Sample app</span>
        {link('posts', '/posts', 'Posts')}
        {link('new', '/posts/new', 'Write')}
        {link('gallery', '/gallery', 'Gallery')}
      </nav>
      <form action="/api/auth/logout" method="post">
        <button type="submit" className="quiet">
          Log out
        </button>
      </form>
    </header>
  )
}
