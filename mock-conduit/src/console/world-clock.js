/* global document, setInterval */
import { act, call } from './control-call.js'
import { byId } from './page-elements.js'

let frozenAt
let offset = 0

/** The world's time as of the last answer, running on unless it is frozen. */
export const worldNow = () => frozenAt ?? Date.now() + offset

export function showClock({ now, frozen }) {
  frozenAt = frozen ? now : undefined
  offset = now - Date.now()
  byId('freeze').textContent = frozen ? 'Resume' : 'Freeze'
  tick()
}

function tick() {
  const text = new Date(worldNow()).toISOString().slice(0, 19).replace('T', ' ')
  byId('clock').textContent = `${text}Z${frozenAt === undefined ? '' : ' (frozen)'}`
}

/** How far off a time of the world is, for people. */
export function distance(ms) {
  const seconds = Math.round((ms - worldNow()) / 1000)
  const size = Math.abs(seconds)
  const units = [
    [120, 1, 's'],
    [7_200, 60, 'min'],
    [172_800, 3_600, 'h'],
    [Infinity, 86_400, 'days'],
  ]
  const [, unit, name] = units.find(([most]) => size < most)
  const text = `${Math.round(size / unit)} ${name}`
  return seconds < 0 ? `${text} ago` : `in ${text}`
}

export function wireClock() {
  setInterval(tick, 500)
  for (const each of document.querySelectorAll('[data-advance]'))
    each.onclick = () =>
      act(() => call('POST', 'clock', { advanceMs: Number(each.dataset.advance) }))
  byId('freeze').onclick = () =>
    act(() => call('POST', 'clock', frozenAt === undefined ? { freeze: true } : { resume: true }))
}
