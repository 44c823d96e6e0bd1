import type { HeaderList } from '../../instruments/http-exchange.ts'

/** What a browser says when it goes to a page. */
export const NAVIGATION: HeaderList = [
  ['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
  ['Sec-Fetch-Mode', 'navigate'],
  ['Sec-Fetch-Dest', 'document'],
  ['Sec-Fetch-User', '?1'],
  ['Upgrade-Insecure-Requests', '1'],
]
