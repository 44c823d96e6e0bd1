import type { CDPSession, Page } from 'playwright-core'
import type { Profile } from '../../instruments/chromium/profile.ts'

/** What a tab shows after Back, and whether the page is the one that was left. */
export interface ShownAgain {
  html: string
  isKept: boolean
}

/** Goes back in a browser that keeps pages whole. The driver's own picture of such a tab is not reliable, so the tab itself is asked. */
export async function shownFromMemory(profile: Profile, tab: Page): Promise<ShownAgain> {
  const session = await profile.context.newCDPSession(tab)
  try {
    await valueOf(session, 'void history.back()')
    await profile.atRest()
    const html = await valueOf(session, 'document.documentElement.outerHTML')
    const type = await valueOf(session, `performance.getEntriesByType('navigation')[0]?.type ?? ''`)
    // A page that was loaded anew by Back says so; one that was kept tells how it came the first time.
    return { html, isKept: type !== 'back_forward' }
  } finally {
    await session.detach().catch(() => undefined)
  }
}

async function valueOf(session: CDPSession, expression: string): Promise<string> {
  const { result } = await session.send('Runtime.evaluate', { expression, returnByValue: true })
  return String(result.value ?? '')
}
