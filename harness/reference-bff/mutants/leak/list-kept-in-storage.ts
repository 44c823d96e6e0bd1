import { defineMutant } from '../mutant.ts'
import { withoutClearSiteData } from '../without-clear-site-data.ts'
import { appendedScript } from '../script-otherwise.ts'

export const listKeptInStorage = defineMutant({
  name: 'list-kept-in-storage',
  defect:
    'The script keeps the last list in web storage, and shows it at once whenever the page opens.',
  kills: { 'LEAK-24': "the user's documents after logout, by Back, to /posts" },
  apply: (parts) =>
    appendedScript(
      withoutClearSiteData(parts),
      () => `const kept = document.createElement('p')
kept.textContent = localStorage.getItem('posts')
document.body.append(kept)
fetch('/api/posts')
  .then((answer) => (answer.ok ? answer.text() : undefined))
  .then((text) => text && localStorage.setItem('posts', text))`,
    ),
})
