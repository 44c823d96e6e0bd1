import { headerOf, isAccepted, textOf } from '../instruments/http-exchange.ts'
import { TargetFileError } from '../target/read-target.ts'
import type { Browser } from '../instruments/browser.ts'
import {
  linksOf,
  loginForms,
  namedHeaders,
  namedPaths,
  scriptsOf,
  type PageHints,
} from './page-hints.ts'
import { browserOf, get, open, type Probe } from './probe.ts'

const PAGES = ['/', '/login', '/signin', '/posts', '/home', '/dashboard']
const MOST_PAGES = 16
const MOST_SCRIPTS = 30

/** Reads the pages of a site, those they lead to, and the scripts they load, for paths and forms. Throws `TargetFileError` when nothing answers. */
export async function lookAround(
  probe: Probe,
  browser: Browser = browserOf(probe),
): Promise<PageHints> {
  const hints: PageHints = { pages: [], loginForms: [], paths: [], headers: [] }
  const scripts = new Set<string>()
  const toRead = new Set(PAGES)
  for (const path of toRead) {
    const answer = await open(probe, browser, path)
    if (answer.failure !== undefined)
      throw new TargetFileError('The BFF', [
        `${probe.url} does not answer: GET ${path} → ${answer.failure}${answer.cause === undefined ? '' : ` (${answer.cause})`}. Start the BFF, or mend the URL.`,
      ])
    const further = (paths: readonly string[]) => {
      for (const each of paths)
        if (toRead.size < MOST_PAGES && !/log-?out|sign-?out|leave/i.test(each)) toRead.add(each)
    }
    const location = headerOf(answer.headers, 'location')
    if (answer.status >= 300 && location?.startsWith('/')) further([location.split('?')[0] ?? '/'])
    if (!isAccepted(answer) || !headerOf(answer.headers, 'content-type')?.includes('html')) continue
    if (answer.status >= 300) continue
    const html = textOf(answer)
    hints.pages.push(path)
    hints.loginForms.push(...loginForms(html, path))
    hints.paths.push(...namedPaths(html))
    hints.headers.push(...namedHeaders(html))
    further(linksOf(html))
    for (const script of scriptsOf(html)) {
      if (scripts.has(script) || scripts.size >= MOST_SCRIPTS) continue
      scripts.add(script)
      const text = textOf(await get(probe, browser, script))
      hints.paths.push(...namedPaths(text))
      hints.headers.push(...namedHeaders(text))
      further(linksOf(text))
    }
  }
  hints.paths = [...new Set(hints.paths)].filter((path) => !hints.pages.includes(path))
  return hints
}
