import { html } from 'hono/html'
import type { Evidence, Party } from '../../evidence/evidence.ts'
import { sequenceOf, type Arrow } from '../../evidence/sequence.ts'
import { cutMiddle } from '../cut-middle.ts'
import type { Markup } from './markup.ts'

/** Where things are in a diagram of one width, in px. */
interface Layout {
  className: string
  width: number
  lanes: Record<Party, number>
  /** Width of one character of a label. */
  character: number
  showTimes: boolean
}

const NAMES: Record<Party, string> = {
  browser: 'browser',
  bff: 'BFF',
  conduit: 'Conduit',
  storage: 'storage',
}
const PARTIES: readonly Party[] = ['browser', 'bff', 'conduit', 'storage']

const WIDE: Layout = {
  className: 'wide',
  width: 1060,
  lanes: { browser: 110, bff: 420, conduit: 730, storage: 1020 },
  character: 7.3,
  showTimes: true,
}
const NARROW: Layout = {
  className: 'narrow',
  width: 340,
  lanes: { browser: 30, bff: 122, conduit: 216, storage: 312 },
  character: 6.1,
  showTimes: false,
}

const ROW = 34
const HEAD = 30
/** Of a longer story the begin and the end are drawn; the HAR has all of it. */
const FIRST = 60
const LAST = 30

/** Who called whom, drawn for a wide and for a narrow page; the style shows one of them. */
export function sequenceDiagrams(evidence: Evidence): Markup {
  if (evidence.calls.length === 0) return html`<p class="quiet">Nothing went over the wire.</p>`
  const { arrows, people } = sequenceOf(evidence)
  const left = arrows.length - FIRST - LAST
  const shown = left > 1 ? [...arrows.slice(0, FIRST), undefined, ...arrows.slice(-LAST)] : arrows
  return html`${[WIDE, NARROW].map((layout) => diagram(layout, shown, left))}
    <p class="quiet people">
      Milliseconds since the first request; AT access token, RT refresh token, with their
      generation. ${people.map(([name, user]) => `${name} is ${user}`).join(', ')}
    </p>`
}

function diagram(layout: Layout, arrows: readonly (Arrow | undefined)[], left: number): Markup {
  const height = HEAD + arrows.length * ROW + 14
  return html`<svg
    class="sequence ${layout.className}"
    viewBox="0 0 ${layout.width} ${height}"
    width="${layout.width}"
    height="${height}"
    role="img"
    aria-label="Sequence of ${arrows.length} requests and answers; the HAR holds them as text"
  >
    ${PARTIES.map((party) => lane(layout, party, height))}
    ${arrows.map((arrow, index) => {
      const y = HEAD + (index + 1) * ROW
      return arrow === undefined
        ? html`<text class="gap" x="${layout.width / 2}" y="${y}">
            … ${left} more, see the HAR …
          </text>`
        : arrowMarkup(layout, arrow, y)
    })}
  </svg>`
}

function lane({ lanes }: Layout, party: Party, height: number): Markup {
  const x = lanes[party]
  return html`<line class="lane" x1="${x}" y1="${HEAD - 6}" x2="${x}" y2="${height}" />
    <text class="party" x="${x}" y="${HEAD - 12}">${NAMES[party]}</text>`
}

function arrowMarkup(layout: Layout, arrow: Arrow, y: number): Markup {
  const [from, to] = [layout.lanes[arrow.from], layout.lanes[arrow.to]]
  const left = Math.min(from, to) + 6
  const length = Math.floor((layout.width - left) / layout.character)
  const back = to > from ? -7 : 7
  return html`<g class="${arrow.kind}${arrow.failed ? ' failed' : ''}">
    <title>+${arrow.at} ms ${arrow.text}</title>
    ${layout.showTimes ? html`<text class="time" x="52" y="${y + 4}">+${arrow.at}</text>` : ''}
    <line x1="${from}" y1="${y}" x2="${to}" y2="${y}" />
    <path d="M${to} ${y}l${back} -4v8z" />
    <text class="label" x="${left}" y="${y - 6}">${cutMiddle(arrow.text, length)}</text>
  </g>`
}
