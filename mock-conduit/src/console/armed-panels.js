/* global FormData */
import { act, call, get } from './control-call.js'
import { button, byId, el, empty, tag } from './page-elements.js'

export function showFaults(faults) {
  const rows = faults.map(({ id, operation, effect, hits, when = 'before' }) =>
    el(
      'div',
      { className: 'bar' },
      el('code', { className: 'grow' }, operation),
      tag(effect.socket ?? effect.status ?? 'changed'),
      tag(when),
      tag(hits > 0 ? `${hits} hit` : 'never hit', hits > 0 ? 'good' : 'warn'),
      button('Remove', () => call('DELETE', `faults/${id}`), 'bad'),
    ),
  )
  byId('faults').replaceChildren(...(rows.length > 0 ? rows : [empty('No fault is armed.')]))
}

export function showGates(gates) {
  const rows = gates.map(({ id, operation, waiting, held, open, at = 'answer' }) =>
    el(
      'div',
      { className: 'bar' },
      el('code', { className: 'grow' }, operation),
      tag(at),
      tag(open ? 'open' : `${waiting} waiting`, waiting > 0 ? 'warn' : ''),
      tag(`${held} held`),
      open ? undefined : button('Release', () => call('POST', `gates/${id}/release`)),
      button('Remove', () => call('DELETE', `gates/${id}`), 'bad'),
    ),
  )
  byId('gates').replaceChildren(...(rows.length > 0 ? rows : [empty('No gate is armed.')]))
}

export async function wireArming() {
  byId('fault').onsubmit = (event) => {
    const { operation, effect, when, times } = fieldsOf(event)
    const drip = effect === 'drip' ? { chunkBytes: 64 } : {}
    const what = /^\d/.test(effect) ? { status: Number(effect) } : { socket: effect, ...drip }
    const spec = { operation, when, times: Number(times) || 1, effect: what }
    return act(() => call('POST', 'faults', spec))
  }
  byId('gate').onsubmit = (event) => {
    const { operation, at, until } = fieldsOf(event)
    const spec = { operation, at, ...(until ? { until: Number(until) } : {}) }
    return act(() => call('POST', 'gates', spec))
  }
  const { operations } = await get('operations')
  byId('operations').replaceChildren(...operations.map((value) => el('option', { value })))
}

function fieldsOf(event) {
  event.preventDefault()
  return Object.fromEntries(new FormData(event.target))
}
