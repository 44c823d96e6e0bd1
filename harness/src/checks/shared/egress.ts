import type { Page } from 'playwright-core'

/** Whether a URL leads to another origin than those allowed; what never leaves the browser (`data:`, `blob:`) does not. */
export function isOutside(text: string, allowed: readonly string[]): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^(https?|wss?|ftp):$/.test(url.protocol)) return false
  const origin = `${url.protocol.replace('ws', 'http')}//${url.host}`
  return !allowed.some((each) => new URL(each).origin === new URL(origin).origin)
}

/** URLs that the page asks the browser to connect to ahead of time. */
export async function hintedOrigins(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('link[rel~=preconnect i], link[rel~=dns-prefetch i]')].map((link) => link.href)`,
  )
}
