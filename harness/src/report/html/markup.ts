import type { html } from 'hono/html'

/** What hono's `html` makes: text with everything put into it escaped. */
export type Markup = ReturnType<typeof html>
