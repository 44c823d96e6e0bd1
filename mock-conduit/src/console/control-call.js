/* global CustomEvent, document, fetch, prompt, sessionStorage */

let token = sessionStorage.getItem('mock-token') ?? ''

/** The control API said no; `code` is its stable name of the reason. */
export class Refused extends Error {
  constructor(message, code) {
    super(message)
    this.code = code
  }
}

/** One call of this world's control API, relative to the page; asks for the control token when one is needed. */
export async function call(method, path, body) {
  const headers = {
    ...(token && { 'x-mock-token': token }),
    ...(body && { 'Content-Type': 'application/json' }),
  }
  const content = body && { body: JSON.stringify(body) }
  const answer = await fetch(path, { method, headers, ...content })
  const told = await answer.json()
  if (answer.ok) return told
  if (told.code === 'TOKEN_NEEDED') {
    token = prompt('Control token of this mock') ?? ''
    sessionStorage.setItem('mock-token', token)
    if (token) return call(method, path, body)
  }
  throw new Refused(told.error, told.code)
}

export const get = (path) => call('GET', path)

/** Acts for a button: afterwards every panel shows the new state, and a refusal is told. */
export async function act(work) {
  const failure = await Promise.resolve()
    .then(work)
    .then(() => undefined)
    .catch((error) => error.message)
  document.dispatchEvent(new CustomEvent('acted', { detail: failure }))
}
