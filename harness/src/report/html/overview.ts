import { html } from 'hono/html'
import type { Discovery } from '../../discovery.ts'
import type { RunResult } from '../../run.ts'
import { MEANINGS, type CheckResult } from '../../verdict/verdict.ts'
import { byGroup, countVerdicts } from '../groups.ts'
import type { Markup } from './markup.ts'
import { LOOKS } from './verdict-look.ts'

/** Where the page about a check is. */
export type LinkTo = (id: string) => string

/** Head, matrix of checks by group, what discovery saw, and the list of checks. */
export function overview(run: RunResult, linkTo: LinkTo): Markup {
  return html`<h1>${run.target}</h1>
    <p class="quiet">
      ${run.startedAt.replace('T', ' ').slice(0, 19)} UTC · ${(run.durationMs / 1000).toFixed(1)} s
      · seed ${run.seed} · exit code ${run.exitCode}
    </p>
    <ul class="counts">
      ${[...countVerdicts(run.results)].map(
        ([verdict, count]) =>
          html`<li>
            <span class="badge ${LOOKS[verdict].tone}" title="${MEANINGS[verdict]}"
              >${LOOKS[verdict].sign} ${count} ${verdict}</span
            >
          </li>`,
      )}
    </ul>
    ${run.problem === undefined ? '' : html`<div class="alert">${run.problem}</div>`}
    ${run.unmetWaivers.map((text) => html`<div class="alert">${text}</div>`)}
    <h2>Matrix</h2>
    <nav class="matrix" aria-label="Checks by group">
      ${[...byGroup(run.results)].map(
        ([group, results]) =>
          html`<b>${group}</b>
            <div class="tiles">${results.map((result) => tile(result, linkTo))}</div>`,
      )}
    </nav>
    ${run.discovery ? discoveryTable(run.discovery) : ''}
    <h2>Checks</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">check</th>
          <th scope="col">verdict</th>
          <th scope="col">title</th>
          <th class="hide" scope="col">level</th>
          <th class="hide" scope="col">ms</th>
        </tr>
      </thead>
      <tbody>
        ${run.results.map((result) => row(result, linkTo))}
      </tbody>
    </table>`
}

function tile({ id, title, verdict }: CheckResult, linkTo: LinkTo): Markup {
  const { tone, sign } = LOOKS[verdict]
  return html`<a class="tile ${tone}" href="${linkTo(id)}" title="${id} ${verdict}: ${title}"
    >${id.replace(/^.*-/, '')} <span role="img" aria-label="${verdict}">${sign}</span></a
  >`
}

const row = ({ id, title, level, verdict, durationMs }: CheckResult, linkTo: LinkTo): Markup =>
  html`<tr>
    <td class="id"><a href="${linkTo(id)}">${id}</a></td>
    <td><span class="badge ${LOOKS[verdict].tone}">${verdict}</span></td>
    <td>${title}</td>
    <td class="hide">${level}</td>
    <td class="time hide">${durationMs}</td>
  </tr>`

const discoveryTable = ({ routes, cookies }: Discovery): Markup =>
  html`<h2>What each route does</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">route</th>
          <th scope="col">answer</th>
          <th scope="col">upstream calls</th>
        </tr>
      </thead>
      <tbody>
        ${routes.map(
          ({ route, answer, upstream, problem }) =>
            html`<tr>
              <td>${route}</td>
              <td>${answer}</td>
              <td class="wrap">
                ${upstream.join(', ') || 'none'}${problem === undefined ? '' : html`<pre>${problem}</pre>`}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="quiet">Cookies after the login: ${cookies.join(', ') || 'none'}</p>`
