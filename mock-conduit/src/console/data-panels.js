/* global CustomEvent, confirm, document */
import { act, call, get } from './control-call.js'
import { byId, el, tableOf } from './page-elements.js'

const MOST_ROWS = 200
const MOST_COLUMNS = 6
const hidden = new Set(['__v', 'createdAt', 'updatedAt', 'hashedPassword'])

export function showFiles(files) {
  const columns = ['name', 'container', 'folder', 'mimeType', 'size', 'isPublic']
  byId('files').replaceChildren(tableOf(files.slice(0, MOST_ROWS), columns))
}

/** The chosen collection, at first one that holds something. */
export async function showDocuments() {
  const { collections } = await get('documents')
  const chosen = byId('schemas').value || collections.find(({ count }) => count > 0)?.name
  const options = collections.map(({ name, count }) =>
    el('option', { value: name, selected: name === chosen }, `${name} (${count})`),
  )
  const labels = (list) => list.map(({ text }) => text).join()
  if (labels([...byId('schemas').options]) !== labels(options))
    byId('schemas').replaceChildren(...options)
  const { documents } = await get(`documents/${encodeURIComponent(byId('schemas').value)}`)
  const shown = documents.slice(0, MOST_ROWS)
  const names = new Set(shown.flatMap((row) => Object.keys(row)))
  const columns = [...names].filter((name) => !hidden.has(name)).slice(0, MOST_COLUMNS)
  byId('documents').replaceChildren(tableOf(shown, columns))
}

export function wireData() {
  byId('schemas').onchange = () => document.dispatchEvent(new CustomEvent('acted'))
  byId('empty').onclick = () =>
    act(async () => {
      const name = byId('schemas').value
      if (confirm(`Delete all rows of ${name}?`))
        await call('DELETE', `documents/${encodeURIComponent(name)}`)
    })
}
