export default function NotFound() {
  return (
    <main className="narrow">
      <h1>There is nothing here</h1>
      <p>
        <a href="/posts">To the posts</a>
      </p>
    </main>
  )
}
