'use client'

import { type SyntheticEvent, useState } from 'react'
import { Problem } from '../problem'
import { sendJson } from '../send-json'

export function LoginForm() {
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  async function submit(event: SyntheticEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    const result = await sendJson('/api/auth/login', {
      email: form.get('email'),
      password: form.get('password'),
    })
    if (result.ok) {
      window.location.assign('/posts')
      return
    }
    setProblem(result.message)
    setBusy(false)
  }

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="card">
      <label>
        E-mail
        <input id="email" name="email" type="email" autoComplete="username" required />
      </label>
      <label>
        Password
        <input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
      </label>
      {problem === undefined ? null : <Problem text={problem} />}
      <button type="submit" disabled={busy}>
        {busy ? 'Logging in …' : 'Log in'}
      </button>
    </form>
  )
}
