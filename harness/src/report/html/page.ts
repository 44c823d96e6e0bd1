import { html, raw } from 'hono/html'
import type { Markup } from './markup.ts'
import { style } from './style.ts'

/** A whole page. It may load nothing and run nothing. */
export async function page(title: string, content: Markup): Promise<string> {
  const text = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <title>${title}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <main id="top">${content}</main>
      </body>
    </html>`
  return String(text)
}
