import { html } from 'hono/html'
import type { Evidence } from '../../evidence/evidence.ts'
import { MEANINGS, type CheckResult, type Finding } from '../../verdict/verdict.ts'
import type { Markup } from './markup.ts'
import { sequenceDiagrams } from './sequence-diagram.ts'
import { LOOKS } from './verdict-look.ts'

/** What a section says beside the result. */
export interface SectionExtras {
  evidence: Evidence | undefined
  /** Where its HAR is: a file beside the page, or a data URL. */
  har: string
  /** Where the overview is. */
  up: string
  /** The section is a page of its own, whose heading it gives. */
  alone?: boolean
}

/** Everything about one check: what was asked, what was seen, what usually causes it, how to repeat it, who called whom. */
export function checkSection(
  result: CheckResult,
  { evidence, har, up, alone }: SectionExtras,
): Markup {
  const { id, title, verdict } = result
  const name = `${id} ${title}`
  return html`<section class="check" id="${id}" aria-label="${name}">
    <header>
      <span class="badge ${LOOKS[verdict].tone}">${verdict}</span>
      ${alone === true ? html`<h1>${name}</h1>` : html`<h3>${name}</h3>`}
      <a class="up" href="${up}">all checks</a>
    </header>
    <p class="quiet">${MEANINGS[verdict]}</p>
    <dl>${facts(result)}</dl>
    ${result.observations.length === 0 ? '' : observations(result.observations)}
    ${evidence === undefined ? '' : story(result, evidence, har)}
  </section>`
}

function facts(result: CheckResult): Markup[] {
  const { level, requirement, source, finding, aftermath, reason, waiver } = result
  const late = aftermath.verdict === 'FAIL' ? ' (afterwards)' : ''
  return [
    fact('requirement', `${level}: ${requirement.join(', ') || 'project rule'}`),
    ...list('backend', source),
    ...(finding
      ? [
          fact('observation', finding.observation + late),
          fact('expected', html`<pre>${finding.expected}</pre>`),
          fact('got', html`<pre>${finding.got}</pre>`),
        ]
      : reason === undefined
        ? []
        : [fact('reason', html`<pre>${reason}</pre>`)]),
    ...(waiver ? [fact('waived', `until ${waiver.expires}: ${waiver.reason}`)] : []),
    ...list('witnessed', result.witnesses),
    ...list('notes', result.notes),
    ...list('usual causes', result.usualCauses),
    fact('repeat', html`<pre>${result.reproduce}</pre>`),
    ...(result.curl === undefined ? [] : [fact('last request', html`<pre>${result.curl}</pre>`)]),
  ]
}

const fact = (name: string, value: string | Markup): Markup =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`

function list(name: string, values: readonly string[]): Markup[] {
  if (values.length === 0) return []
  if (values.length === 1) return [fact(name, values[0] ?? '')]
  return [
    fact(
      name,
      html`<ul>
        ${values.map((value) => html`<li>${value}</li>`)}
      </ul>`,
    ),
  ]
}

const observations = (all: readonly Finding[]): Markup =>
  html`<details>
    <summary>${all.length} observation${all.length === 1 ? '' : 's'}</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">observation</th>
          <th scope="col">expected</th>
          <th scope="col">got</th>
        </tr>
      </thead>
      <tbody>
        ${all.map(
          ({ observation, expected, got }) =>
            html`<tr>
              <td class="wrap">${observation}</td>
              <td class="wrap">${expected}</td>
              <td class="wrap">${got}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`

function story({ id, verdict }: CheckResult, evidence: Evidence, har: string): Markup {
  const { calls, incomplete } = evidence
  return html`<details ${verdict === 'PASS' ? '' : 'open'}>
      <summary>who called whom (${calls.length} requests)</summary>
      ${incomplete === undefined ? '' : html`<p class="quiet">${incomplete}</p>`}
      ${sequenceDiagrams(evidence)}
    </details>
    <p class="har"><a href="${har}" download="${id}.har">${id}.har</a></p>`
}
