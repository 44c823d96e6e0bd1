/* global confirm, document, location, setTimeout */
import { showFaults, showGates, wireArming } from './armed-panels.js'
import { act, call, get, Refused } from './control-call.js'
import { showDocuments, showFiles, wireData } from './data-panels.js'
import { forgetJournal, nextRequest, openJournal, readJournal } from './journal-panel.js'
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

/** Follows the journal; every answered request may have changed what the panels show. */
async function follow() {
  for (;;) {
    try {
      await readJournal()
      await refresh()
      await nextRequest()
    } catch (error) {
      if (error instanceof Refused && error.code === 'TIMED_OUT') continue
      tell(error instanceof Refused ? error.message : 'The mock does not answer. Trying again …')
      await new Promise((resolve) => setTimeout(resolve, 2_000))
      tell()
    }
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
