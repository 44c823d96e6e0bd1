import { get } from './control-call.js'
import { byId, el, tag, toneOfState } from './page-elements.js'

const KEPT = 500
const SHOWN = 200
const entries = new Map()
let lastSeq = 0
let clearedUpTo = 0
let opened

/** Starts with the latest requests. */
export async function openJournal() {
  byId('filter').oninput = showEntries
  byId('clearview').onclick = () => {
    clearedUpTo = lastSeq
    showEntries()
  }
  const page = await get(`journal?since=${Number.MAX_SAFE_INTEGER}`)
  lastSeq = Math.max(0, page.lastSeq - SHOWN)
  showEntries()
}

/** Reads what is new, and what was still open when it was read last; tells whether there was anything. */
export async function readJournal() {
  const open = [...entries.values()].filter(({ close }) => close === 'open')
  const since = Math.min(lastSeq, ...open.map(({ seq }) => seq - 1))
  const page = await get(`journal?since=${since}`).catch((error) => {
    if (error.code !== 'EVICTED') throw error
    entries.clear()
    return get(`journal?since=${Number.MAX_SAFE_INTEGER}`)
  })
  for (const entry of page.entries) entries.set(entry.seq, entry)
  lastSeq = page.lastSeq
  for (const seq of entries.keys()) if (seq <= lastSeq - KEPT) entries.delete(seq)
  if (page.entries.length > 0) showEntries()
  return page.entries.length > 0
}

export function forgetJournal() {
  entries.clear()
  showEntries()
}

function showEntries() {
  const wanted = byId('filter').value.toLowerCase()
  const list = [...entries.values()]
    .filter((entry) => entry.seq > clearedUpTo && searchText(entry).includes(wanted))
    .sort((a, b) => b.seq - a.seq)
    .slice(0, SHOWN)
  const none = el('tr', {}, el('td', { colSpan: 5, className: 'dim' }, 'No requests yet.'))
  byId('entries').replaceChildren(...(list.length > 0 ? list.flatMap(entryRows) : [none]))
}

function searchText({ method, path, operation, status, token, instance }) {
  const who = token ? `${token.email} ${token.userId}` : ''
  return `${method} ${path} ${operation} ${status} ${who} ${instance}`.toLowerCase()
}

function entryRows(entry) {
  const { seq, method, path, status, token, durationMs } = entry
  const onclick = () => {
    opened = opened === seq ? undefined : seq
    showEntries()
  }
  const row = el(
    'tr',
    { onclick },
    el('td', { className: 'dim' }, String(seq)),
    el(
      'td',
      {},
      el('code', {}, `${method} ${path}`),
      ...marks(entry),
      el('div', { className: 'dim mono' }, operationText(entry)),
    ),
    el('td', { className: toneOfStatus(status) }, status === 0 ? '–' : String(status)),
    el('td', {}, ...tokenText(token)),
    el('td', { className: 'dim' }, durationMs === null ? '…' : durationMs.toFixed(1)),
  )
  return opened === seq ? [row, detailRow(entry)] : [row]
}

function marks({ fault, gate, close, instance }) {
  const ordinary = instance === 'main' || instance === 'storage'
  return [
    ...(fault ? [tag('fault', 'bad')] : []),
    ...(gate ? [tag('gate', 'warn')] : []),
    ...(close === 'complete' ? [] : [tag(close, 'warn')]),
    ...(ordinary ? [] : [tag(instance)]),
  ]
}

function operationText({ operation, hint }) {
  return operation === 'unknown' && hint ? `unknown; did you mean ${hint}?` : operation
}

function tokenText(token) {
  if (!token) return []
  const { email, userId, kind, generation, state } = token
  return [
    `${email ?? userId ?? 'nobody'} · ${kind} ${generation}`,
    el('div', { className: toneOfState[state] }, state),
  ]
}

function toneOfStatus(status) {
  if (status === 0 || status >= 500) return 'bad'
  if (status >= 400) return 'warn'
  return status >= 300 ? 'dim' : 'good'
}

function detailRow(entry) {
  const { method, path, status, requestHeaders, requestBody, responseHeaders, responseBody } = entry
  const request = [`${method} ${path}`, ...lines(requestHeaders), ...bodyLines(requestBody)]
  const response = [String(status), ...lines(responseHeaders), ...bodyLines(responseBody)]
  const text = [...request, '', '─'.repeat(24), '', ...response].join('\n')
  return el('tr', { className: 'detail' }, el('td', { colSpan: 5 }, el('pre', {}, text)))
}

const lines = (headers) => headers.map(([name, value]) => `${name}: ${value}`)

function bodyLines({ bytes, text }) {
  return bytes === 0 ? [] : ['', text ?? `(${bytes} bytes)`]
}
