import { headerOf, isAccepted, textOf } from '../instruments/http-exchange.ts'
import { TargetFileError } from '../target/read-target.ts'
import { loginForms, namedPaths, scriptsOf, type PageHints } from './page-hints.ts'
import { browserOf, get, type Probe } from './probe.ts'

const PAGES = ['/', '/login', '/signin', '/posts', '/home', '/dashboard']
const MOST_SCRIPTS = 30

/** Reads the pages of a site, and the scripts they load, for paths and forms. Throws `TargetFileError` when nothing answers. */
export async function lookAround(probe: Probe): Promise<PageHints> {
  const browser = browserOf(probe)
  const hints: PageHints = { pages: [], loginForms: [], paths: [] }
  const scripts = new Set<string>()
  for (const path of PAGES) {
    const answer = await get(probe, browser, path)
    if (answer.failure !== undefined)
      throw new TargetFileError('The BFF', [
        `${probe.url} does not answer: GET ${path} → ${answer.failure}${answer.cause === undefined ? '' : ` (${answer.cause})`}. Start the BFF, or mend the URL.`,
      ])
    if (!isAccepted(answer) || !headerOf(answer.headers, 'content-type')?.includes('html')) continue
    if (answer.status >= 300) continue
    const html = textOf(answer)
    hints.pages.push(path)
    hints.loginForms.push(...loginForms(html, path))
    hints.paths.push(...namedPaths(html))
    for (const script of scriptsOf(html)) scripts.add(script)
  }
  for (const script of [...scripts].slice(0, MOST_SCRIPTS))
    hints.paths.push(...namedPaths(textOf(await get(probe, browser, script))))
  hints.paths = [...new Set(hints.paths)].filter((path) => !hints.pages.includes(path))
  return hints
}
