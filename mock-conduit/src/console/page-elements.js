/* global document */
import { act } from './control-call.js'

export const byId = (id) => document.getElementById(id)

/** An element with properties and children; undefined children are left out. */
export function el(tag, props = {}, ...children) {
  const made = Object.assign(document.createElement(tag), props)
  made.append(...children.filter((child) => child !== undefined))
  return made
}

export const button = (text, work, className = '') =>
  el('button', { type: 'button', className, onclick: () => act(work) }, text)

export const empty = (text) => el('div', { className: 'empty' }, text)

export const tag = (text, className = '') => el('span', { className: `tag ${className}` }, text)

/** A table of plain values, one row for each object. */
export function tableOf(list, columns) {
  if (list.length === 0) return empty('Nothing here.')
  const text = (value) =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
  const cell = (value) => el('td', { title: value }, value)
  const cells = (row) => columns.map((name) => cell(text(row[name]).slice(0, 400)))
  return el(
    'table',
    {},
    el('thead', {}, el('tr', {}, ...columns.map((name) => el('th', {}, name)))),
    el('tbody', {}, ...list.map((row) => el('tr', {}, ...cells(row)))),
  )
}

/** Class of a token's state. */
export const toneOfState = {
  live: 'good',
  expired: 'warn',
  revoked: 'bad',
  rotated: 'dim',
  unknown: 'bad',
}
