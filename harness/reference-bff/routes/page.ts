import { BffFailure } from '../failure.ts'
import { page, PAGE_HEADERS, script } from '../page.ts'
import type { Handler } from '../services.ts'

/** GET / : the same page for everybody; what is a user's own comes by way of the API. */
export const createPageHandler = (): Handler => async (c) => c.html(page, 200, PAGE_HEADERS)

/** GET /assets/app.js : the script of that page, the only file there is. */
export const createScriptHandler = (): Handler => async (c) => {
  if (c.req.param('file') !== 'app.js') throw new BffFailure(404, 'not_found')
  return c.body(script, 200, { 'content-type': 'text/javascript' })
}
