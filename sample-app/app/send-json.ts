/** POSTs JSON to our own API; gives the sentence to show when it was refused. */
export async function sendJson(
  path: string,
  body: unknown,
): Promise<{ ok: true } | { ok: false; message: string }> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.ok) return { ok: true }
    const answer: unknown = await response.json().catch(() => undefined)
    return { ok: false, message: messageOf(answer) }
  } catch {
    return { ok: false, message: 'The server cannot be reached. Are you online?' }
  }
}

function messageOf(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'error' in answer) {
    const { error } = answer
    if (
      typeof error === 'object' &&
      error !== null &&
      'message' in error &&
      typeof error.message === 'string'
    )
      return error.message
  }
  return 'This did not work; try again.'
}
