import type { Page } from 'playwright-core'

/** Ways to embed that a page of another site has. */
export type Embedded = 'image' | 'script' | 'video' | 'iframe'

/** A page that embeds a URL in every way, and notes in `window.outcomes` what it could load or read. */
export const embeddingPage = (url: string): string => `<!doctype html><body><script>
const url = ${JSON.stringify(url).replaceAll('<', '\\u003c')}
window.outcomes = []
const embed = (tag, loaded) => {
  const each = document.createElement(tag)
  each.addEventListener(loaded, () => window.outcomes.push(tag + ' loaded'))
  each.src = url
  document.body.append(each)
}
embed('img', 'load')
embed('script', 'load')
embed('video', 'loadedmetadata')
const frame = document.createElement('iframe')
frame.src = url
document.body.append(frame)
for (const mode of ['cors', 'no-cors'])
  fetch(url, { mode, credentials: 'include', cache: 'no-store' })
    .then(async (answer) => {
      if (answer.ok) window.outcomes.push('fetch read ' + (await answer.text()).length + ' characters')
    })
    .catch(() => undefined)
</script>`

/** What the page could load or read. */
export async function outcomesOf(page: Page): Promise<string[]> {
  const outcomes: unknown = await page.evaluate('window.outcomes')
  return Array.isArray(outcomes) ? outcomes.map(String) : []
}

/** How many frames show the URL as a picture; a refusal in words is none. */
export async function framesWithPicture(page: Page, url: string): Promise<number> {
  let count = 0
  for (const frame of page.frames().filter((each) => each.url() === url)) {
    const pictures: unknown = await frame.evaluate('document.images.length').catch(() => 0)
    if (pictures !== 0) count += 1
  }
  return count
}
