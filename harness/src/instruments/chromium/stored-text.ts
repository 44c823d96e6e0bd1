import type { Page } from 'playwright-core'
import type { Haystack } from '../canary-scan.ts'

/** Runs in the page: everything that scripts of its origin can keep, as name and text. */
const COLLECT = `(async () => {
  const found = []
  const add = (where, value) => {
    if (value === undefined || value === null || value === '') return
    found.push({ where, text: typeof value === 'string' ? value : textOf(value) })
  }
  const textOf = (value) => {
    const seen = new Set()
    return JSON.stringify(value, (key, each) => {
      if (each instanceof ArrayBuffer || ArrayBuffer.isView(each))
        return new TextDecoder('latin1').decode(each)
      if (each instanceof Map) return [...each]
      if (each instanceof Set) return [...each]
      if (typeof each === 'bigint') return String(each)
      if (typeof each === 'object' && each !== null) {
        if (seen.has(each)) return undefined
        seen.add(each)
      }
      return each
    })
  }
  for (const [name, storage] of [['localStorage', localStorage], ['sessionStorage', sessionStorage]])
    for (const key of Object.keys(storage)) {
      add(name + ' ' + key, storage.getItem(key))
      add('a key of ' + name, key)
    }
  add('document.cookie', document.cookie)
  add('window.name', window.name)
  add('history.state', history.state)
  add('the address', location.href)
  for (const entry of window.navigation ? window.navigation.entries() : [])
    add('the history', entry.url + ' ' + textOf(entry.getState() ?? null))
  const databases = indexedDB.databases ? await indexedDB.databases() : []
  for (const { name } of databases) {
    const database = await done(indexedDB.open(name))
    for (const store of database.objectStoreNames) {
      const of = database.transaction(store).objectStore(store)
      const [keys, values] = await Promise.all([done(of.getAllKeys()), done(of.getAll())])
      add('IndexedDB ' + name + '/' + store, [keys, values])
      for (const value of values) if (value instanceof Blob) add('IndexedDB ' + name + '/' + store, await value.text())
    }
    database.close()
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      const answer = await cache.match(request)
      add('CacheStorage ' + name + ' ' + request.url, [...request.headers, ...answer.headers])
      add('CacheStorage ' + name + ' ' + request.url, await answer.text())
    }
  }
  return found
  function done(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  }
})()`

/** What the scripts of the page's origin keep: web storage, IndexedDB, caches, readable cookies, window.name, history. */
export async function storedText(page: Page): Promise<Haystack[]> {
  return page.evaluate<Haystack[]>(COLLECT)
}
