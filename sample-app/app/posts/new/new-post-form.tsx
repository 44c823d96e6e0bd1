'use client'

import { type SyntheticEvent, useState } from 'react'
import type { Team } from '@/lib/models/post'
import { Problem } from '../../problem'
import { sendJson } from '../../send-json'

const text = (value: FormDataEntryValue | null) =>
  typeof value === 'string' && value !== '' ? value : undefined

export function NewPostForm({ teams, covers }: { teams: Team[]; covers: string[] }) {
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  async function submit(event: SyntheticEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    const result = await sendJson('/api/posts', {
      title: text(form.get('title')),
      body: text(form.get('body')),
      team: text(form.get('team')),
      coverId: text(form.get('coverId')),
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
        Title
        <input name="title" required maxLength={255} />
      </label>
      <label>
        Text
        <textarea name="body" rows={5} maxLength={255} />
      </label>
      {teams.length === 0 ? null : (
        <label>
          For
          <select name="team">
            <option value="">just me</option>
            {teams.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {covers.length === 0 ? null : (
        <fieldset>
          <legend>Cover</legend>
          <div className="covers">
            {covers.map((fileId) => (
              <label key={fileId}>
                <input type="radio" name="coverId" value={fileId} />
                <img src={`/api/preview/${fileId}`} alt="Cover to choose" width={56} height={56} />
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {problem === undefined ? null : <Problem text={problem} />}
      <button type="submit" disabled={busy}>
        {busy ? 'Saving …' : 'Publish'}
      </button>
    </form>
  )
}
