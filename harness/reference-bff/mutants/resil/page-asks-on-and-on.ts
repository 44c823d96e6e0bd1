import { defineMutant } from '../mutant.ts'
import { appendedScript } from '../script-otherwise.ts'

export const pageAsksOnAndOn = defineMutant({
  name: 'page-asks-on-and-on',
  defect: 'A query of the page that was refused is sent again after a tenth of a second, for ever.',
  kills: { 'RESIL-13': 'requests in 5 s of / left open' },
  apply: (parts) =>
    appendedScript(
      parts,
      () => `async function poll() {
  const answer = await fetch('/api/me')
  setTimeout(poll, answer.ok ? 1000 : 100)
}
setTimeout(poll, 1000)`,
    ),
})
