import type { BrowserContext, Page } from 'playwright-core'
import type { Haystack } from '../canary-scan.ts'

const BINDING = '__bffcHeard'

/** Runs in every frame before its own scripts: hands on, as whole texts, what they write to the console or say to other windows, tabs, workers and servers. */
const LISTEN = `(() => {
  const hand = globalThis.${BINDING}
  const textOf = (value) => {
    const seen = new Set()
    const plain = (each) => {
      if (each instanceof Error) return { message: each.message, stack: each.stack, cause: each.cause }
      if (each instanceof Map || each instanceof Set) return [...each]
      if (each instanceof ArrayBuffer || ArrayBuffer.isView(each)) return new TextDecoder('latin1').decode(each)
      return typeof each === 'bigint' ? String(each) : each
    }
    return JSON.stringify(value, (key, each) => {
      const shown = plain(each)
      if (typeof shown !== 'object' || shown === null) return shown
      if (seen.has(shown)) return undefined
      seen.add(shown)
      return shown
    })
  }
  const hear = (where, value) => {
    try {
      const text = typeof value === 'string' ? value : textOf(value)
      if (text && text.length > 4) hand(where, text)
    } catch {}
  }
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table', 'group', 'assert']) {
    const original = console[name]
    console[name] = function (...values) {
      hear('console.' + name, values)
      return original.apply(this, values)
    }
  }
  const before = (owner, name, where) => {
    const original = owner && owner.prototype[name]
    if (!original) return
    owner.prototype[name] = function (...values) {
      hear(where, values[0])
      return original.apply(this, values)
    }
  }
  before(globalThis.BroadcastChannel, 'postMessage', 'a BroadcastChannel')
  before(globalThis.MessagePort, 'postMessage', 'a MessagePort')
  before(globalThis.Worker, 'postMessage', 'a message to a worker')
  before(globalThis.ServiceWorker, 'postMessage', 'a message to a service worker')
  before(globalThis.WebSocket, 'send', 'a WebSocket')
  addEventListener('message', (event) => hear('a message to a window', event.data), true)
  addEventListener('error', (event) => hear('an error event', [event.message, event.error]), true)
  addEventListener('unhandledrejection', (event) => hear('an unhandled rejection', [event.reason]), true)
})()`

/** Collects from now on what the pages of a browser say in places that others can hear: consoles, error events, messages, WebSockets, event streams. */
export async function overhear(context: BrowserContext): Promise<readonly Haystack[]> {
  const heard: Haystack[] = []
  await context.exposeBinding(BINDING, (_, where: unknown, text: unknown) => {
    heard.push({ where: String(where), text: String(text) })
  })
  await context.addInitScript(LISTEN)
  context.on('page', (page) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        heard.push({ where: `the WebSocket ${socket.url()}`, text: payload.toString() })
      }),
    )
    void eventStreams(context, page, heard)
  })
  return heard
}

async function eventStreams(context: BrowserContext, page: Page, heard: Haystack[]): Promise<void> {
  // A page that is closed already has no streams.
  const session = await context.newCDPSession(page).catch(() => undefined)
  session?.on('Network.eventSourceMessageReceived', ({ data }) =>
    heard.push({ where: 'an event stream', text: data }),
  )
  await session?.send('Network.enable').catch(() => undefined)
}
