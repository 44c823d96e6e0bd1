import { page, PAGE_HEADERS } from '../page.ts'
import type { Handler } from '../services.ts'

/** GET / : the same page for everybody; what is a user's own comes by way of the API. */
export const createPageHandler = (): Handler => async (c) => c.html(page, 200, PAGE_HEADERS)
