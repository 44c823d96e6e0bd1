import { html } from 'hono/html'
import type { RunResult } from '../../run.ts'
import type { CheckResult } from '../../verdict/verdict.ts'
import { harOf } from '../har.ts'
import { checkSection } from './check-section.ts'
import { overview } from './overview.ts'
import { page } from './page.ts'

const titleOf = ({ target }: RunResult) => `${target}: conformance of a BFF`

/** The report as one file: every check is a section with an anchor, every HAR a data URL. */
export function htmlFile(run: RunResult): Promise<string> {
  const sections = run.results.map((result) => {
    const evidence = run.evidence.get(result.id)
    const har = evidence
      ? `data:application/json;base64,${Buffer.from(harFor(run, result) ?? '').toString('base64')}`
      : ''
    return checkSection(result, { evidence, har, up: '#top' })
  })
  return page(titleOf(run), html`${overview(run, (id) => `#${id}`)}${sections}`)
}

/** The report as files of a folder, by name: `index.html`, and a page and a HAR for each check. */
export async function htmlFolder(run: RunResult): Promise<Map<string, string>> {
  const files = new Map([
    [
      'index.html',
      await page(
        titleOf(run),
        overview(run, (id) => `${id}.html`),
      ),
    ],
  ])
  for (const result of run.results) {
    const har = harFor(run, result)
    const section = checkSection(result, {
      evidence: run.evidence.get(result.id),
      har: `${result.id}.har`,
      up: 'index.html',
      alone: true,
    })
    files.set(`${result.id}.html`, await page(`${result.id} · ${titleOf(run)}`, section))
    if (har !== undefined) files.set(`${result.id}.har`, har)
  }
  return files
}

function harFor(run: RunResult, { id, verdict }: CheckResult): string | undefined {
  const evidence = run.evidence.get(id)
  return evidence && harOf(evidence, `${run.target} ${id} ${verdict}; secrets are shown by name`)
}
