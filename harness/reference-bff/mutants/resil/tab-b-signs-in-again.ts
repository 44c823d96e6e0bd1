import { defineMutant } from '../mutant.ts'
import { appendedScript } from '../script-otherwise.ts'

export const tabBSignsInAgain = defineMutant({
  name: 'tab-b-signs-in-again',
  defect:
    "The page's script keeps what was typed at the login and signs in with it when its tab comes back refused.",
  kills: { 'RESIL-14': 'logins after the logout' },
  apply: (parts) =>
    appendedScript(
      parts,
      () => `let typed
document.getElementById('login').addEventListener('submit', () => {
  typed = JSON.stringify({ email: byId('email').value, password: byId('password').value })
})
addEventListener('focus', async () => {
  const answer = await fetch('/api/me')
  if (answer.status === 401 && typed)
    await fetch('/api/auth/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: typed })
})`,
    ),
})
