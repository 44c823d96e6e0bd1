/* global navigator */
import { call } from './control-call.js'
import { button, byId, el, empty, tag, toneOfState } from './page-elements.js'
import { distance } from './world-clock.js'

const SHOWN_TOKENS = 6

export function showUsers(users) {
  byId('users').replaceChildren(...(users.length > 0 ? users.map(userCard) : [empty('No users.')]))
}

function userCard(user) {
  const { active, renews, reuses, tokens } = user
  const latest = [...tokens].reverse().slice(0, SHOWN_TOKENS)
  return el(
    'div',
    { className: 'user' },
    el(
      'div',
      { className: 'line' },
      el('b', {}, user.email ?? user.username ?? user._id),
      active ? undefined : tag('blocked', 'bad'),
      el(
        'span',
        { className: 'dim' },
        `${renews} renews · ${reuses} reuses · ${tokens.length} tokens`,
      ),
    ),
    el('div', { className: 'line actions' }, ...decrees(user)),
    latest.length > 0 ? tokenTable(latest) : undefined,
  )
}

function decrees({ _id, active }) {
  const path = `users/${encodeURIComponent(_id)}`
  const decree = (text, name, body) => button(text, () => call('POST', `${path}/${name}`, body))
  const harsh = (text, name) => button(text, () => call('POST', `${path}/${name}`), 'bad')
  return [
    decree('Expire access', 'expire', { what: 'access' }),
    decree('Expire both', 'expire', { what: 'both' }),
    harsh('Revoke', 'revoke'),
    active ? harsh('Block', 'block') : decree('Unblock', 'unblock'),
    decree('Require 2FA', 'require2fa'),
  ]
}

function tokenTable(tokens) {
  const titles = ['Token', 'Gen.', 'Session', 'State', 'Expires', '']
  return el(
    'table',
    { className: 'tokens' },
    el('thead', {}, el('tr', {}, ...titles.map((title) => el('th', {}, title)))),
    el('tbody', {}, ...tokens.map(tokenRow)),
  )
}

function tokenRow({ kind, generation, session, state, expiresAt, token }) {
  const copy = button('copy', () => navigator.clipboard.writeText(token))
  return el(
    'tr',
    {},
    el('td', {}, kind),
    el('td', {}, String(generation)),
    el('td', {}, String(session)),
    el('td', { className: toneOfState[state] }, state),
    el('td', { className: 'dim' }, distance(expiresAt)),
    el('td', {}, copy),
  )
}
