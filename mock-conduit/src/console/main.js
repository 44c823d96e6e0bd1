/* global confirm, document, location, setTimeout */
import { showFaults, showGates, wireArming } from './armed-panels.js'
import { act, call, get, Refused } from './control-call.js'
import { showDocuments, showFiles, wireData } from './data-panels.js'
import { forgetJournal, openJournal, readJournal } from './journal-panel.js'
import { byId, el } from './page-elements.js'
import { showUsers } from './users-panel.js'
import { showClock, wireClock } from './world-clock.js'

function tell(text = '') {
  byId('note').textContent = text
  byId('note').hidden = text === ''
}

async function refresh() {
  const names = ['clock', 'users', 'files', 'faults', 'gates', 'worlds']
  const [clock, { users }, { files }, { faults }, { gates }, { worlds }] = await Promise.all(
    names.map(get),
  )
  showClock(clock)
  showUsers(users)
  showFiles(files)
  showFaults(faults)
  showGates(gates)
  showWorlds(worlds)
  await showDocuments()
}

function showWorlds(worlds) {
  const here = /^\/~([^/]+)/.exec(location.pathname)?.[1] ?? 'default'
  const options = worlds.map(({ name }) =>
    el('option', { value: name, selected: name === here }, name),
  )
  if (byId('worlds').childElementCount !== worlds.length) byId('worlds').replaceChildren(...options)
}

/** Follows the journal while the page is seen; an answered request may have changed what the panels show, and other programs may at any time. */
async function follow() {
  let failing = false
  for (let round = 0; ; round += 1) {
    try {
      if (!document.hidden && ((await readJournal()) || round % 4 === 0)) await refresh()
      if (failing) tell()
      failing = false
    } catch (error) {
      failing = true
      tell(error instanceof Refused ? error.message : 'The mock does not answer. Trying again …')
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

document.addEventListener('acted', ({ detail: failure }) => {
  tell(failure ?? '')
  refresh().catch((error) => tell(error.message))
})
byId('caches').onclick = () => act(() => call('POST', 'cache/clear'))
byId('reset').onclick = () =>
  act(async () => {
    if (!confirm('Back to the seed: data, tokens, config, clock, journal?')) return
    await call('POST', 'reset')
    forgetJournal()
  })
byId('worlds').onchange = ({ target: { value } }) => {
  location.href = value === 'default' ? '/__mock/' : `/~${value}/__mock/`
}
wireClock()
wireData()
openJournal()
  .then(wireArming)
  .catch((error) => tell(error.message))
  .finally(follow)
