import type { Page, Request, Response } from 'playwright-core'
import { steady, until } from '../../instruments/settle.ts'

/** What a tab did for a while. */
export interface Activity {
  /** Documents and data that it asked for, in order. What a document is made of is left out: scripts, styles, fonts, pictures. */
  requests: string[]
  /** Addresses that the tab was sent to, redirects included. */
  navigations: string[]
  /** Status of the last document; 0 when the browser gave up before there was one, undefined when the tab went nowhere. */
  status: number | undefined
}

export interface PageTime {
  /** How long, in milliseconds of the page's own clock. */
  ms: number
  /** Ends the time early when more was asked for than this. */
  atMost: number
  /** What happens to the page at the beginning. */
  act: () => Promise<unknown>
}

const STEP_MS = 100
const REST = { forMs: 200, maxMs: 1500 }
/** For answers, over the whole time: a request that is held open on purpose must not hold every step up. */
const PATIENCE_MS = 3000
const DATA = ['document', 'fetch', 'xhr', 'eventsource', 'websocket']
const LASTING = ['eventsource', 'websocket', 'ping']

/** Gives a tab a clock that can be put forward; before anything is opened in it. */
export const withPageClock = (tab: Page): Promise<void> => tab.clock.install()

/** Does something to a page and lets its clock run on: timers fire when their time has come, and each step waits until what was asked for is answered. */
export async function letTimePass(tab: Page, { ms, atMost, act }: PageTime): Promise<Activity> {
  const watch = watched(tab)
  const { activity } = watch
  try {
    await act()
    await watch.answered()
    for (let past = 0; past < ms && activity.requests.length <= atMost; past += STEP_MS) {
      // A page that is just being left has no clock.
      await tab.clock.runFor(STEP_MS).catch(() => undefined)
      await watch.answered()
    }
    await steady(() => activity.requests.length, REST)
    return activity
  } finally {
    watch.stop()
  }
}

function watched(tab: Page) {
  const activity: Activity = { requests: [], navigations: [], status: undefined }
  const open = new Set<Request>()
  const onRequest = (request: Request) => {
    const type = request.resourceType()
    if (!LASTING.includes(type)) open.add(request)
    if (DATA.includes(type)) activity.requests.push(`${request.method()} ${request.url()}`)
    if (isOwnNavigation(tab, request)) activity.navigations.push(request.url())
  }
  const onEnd = (request: Request, status: number) => {
    open.delete(request)
    if (isOwnNavigation(tab, request)) activity.status = status
  }
  // A page may leave the body of a refusal unread, and then its request never finishes.
  const onResponse = (response: Response) => {
    onEnd(response.request(), response.status())
  }
  const onFailed = (request: Request) => {
    // Aborted: something else was opened meanwhile, or it was a download.
    if (request.failure()?.errorText.includes('ABORTED') === true) open.delete(request)
    else onEnd(request, 0)
  }
  tab.on('request', onRequest).on('response', onResponse).on('requestfailed', onFailed)
  let patience = PATIENCE_MS
  return {
    activity,
    async answered() {
      const since = performance.now()
      await until(patience, () => open.size === 0)
      patience = Math.max(0, patience - (performance.now() - since))
    },
    stop() {
      tab.off('request', onRequest).off('response', onResponse).off('requestfailed', onFailed)
    },
  }
}

const isOwnNavigation = (tab: Page, request: Request): boolean =>
  request.resourceType() === 'document' &&
  request.isNavigationRequest() &&
  request.frame() === tab.mainFrame()
