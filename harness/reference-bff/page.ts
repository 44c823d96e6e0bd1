/** The page may run its own script and show its own previews; nothing else. */
export const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
}

/** A page that signs in and lists posts by its script. */
export const page = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Reference BFF</title>
  <form id="login">
    <label>E-mail <input id="email" type="email" autocomplete="username"></label>
    <label>Password <input id="password" type="password" autocomplete="current-password"></label>
    <button type="submit">Sign in</button>
  </form>
  <button id="logout" type="button">Sign out</button>
  <p><a href="/posts">All posts</a></p>
  <ul id="posts"></ul>
  <script src="/assets/app.js" type="module"></script>
</html>
`

/** The script of that page: everything by way of the BFF, text set as text. */
export const script = `const byId = (id) => document.getElementById(id)
const send = (path, body) =>
  fetch(path, {
    method: 'POST',
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  })
async function show() {
  const answer = await fetch('/api/posts')
  const { items } = answer.ok ? await answer.json() : { items: [] }
  byId('posts').replaceChildren(
    ...items.map(({ title, cover }) => {
      const item = document.createElement('li')
      item.textContent = title
      if (cover) {
        const image = document.createElement('img')
        image.src = '/api/files/' + encodeURIComponent(cover) + '/preview'
        image.alt = ''
        item.append(image)
      }
      return item
    }),
  )
}
byId('login').addEventListener('submit', async (event) => {
  event.preventDefault()
  await send('/api/auth/login', { email: byId('email').value, password: byId('password').value })
  byId('password').value = ''
  await show()
})
byId('logout').addEventListener('click', async () => {
  await send('/api/auth/logout')
  await show()
})
await show()
`
