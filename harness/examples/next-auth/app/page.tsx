import { getServerSession } from 'next-auth'
import { authOptions } from '../lib/auth-options'

export default async function Home() {
  const session = await getServerSession(authOptions)
  const email = session?.user?.email
  return (
    <main>
      <h1>Articles</h1>
      {email ? <p>Signed in as {email}.</p> : <a href="/api/auth/signin">Sign in</a>}
    </main>
  )
}
