import { STATUS_CODES } from 'node:http'
import encodeUrl from 'encodeurl'
import escapeHtml from 'escape-html'
import { toWireError } from './conduit-error.ts'
import { weakEtag } from './headers.ts'
import type { HeaderList, WireRequest, WireResponse } from './message.ts'

/** A whole answer with Express' `res.send`: typed, sized and tagged. */
export function sent(
  headers: HeaderList,
  answer: { status: number; type: string; body: Buffer; extra?: HeaderList },
): WireResponse {
  const { status, type, body, extra = [] } = answer
  const own: HeaderList = [
    ...extra,
    ['Content-Type', type],
    ['Content-Length', String(body.length)],
    ['ETag', weakEtag(body)],
  ]
  return { status, headers: [...headers, ...own], body }
}

/** Bare text of the checks before CORS and helmet. Source: H/index.ts:89-94. */
export function bareText(status: number, text: string): WireResponse {
  return textWith([['X-Powered-By', 'Express']], status, text)
}

/** Text as HTML with common headers before it, as `res.send` types a string. */
export function textWith(headers: HeaderList, status: number, text: string): WireResponse {
  return sent(headers, { status, type: 'text/html; charset=utf-8', body: Buffer.from(text) })
}

/** A value as `res.json` sends it. */
export function jsonAnswer(headers: HeaderList, status: number, value: unknown): WireResponse {
  return sent(headers, {
    status,
    type: 'application/json; charset=utf-8',
    body: Buffer.from(JSON.stringify(value)),
  })
}

/** What a handler or route middleware threw. */
export function jsonError(headers: HeaderList, error: unknown): WireResponse {
  const { status, body } = toWireError(error)
  return jsonAnswer(headers, status, body)
}

/** Express' own page (finalhandler, redirects): a CSP of its own, no ETag; `html` is escaped already. */
export function htmlPage(
  headers: HeaderList,
  page: { status: number; html: string; title?: string; type?: string; extra?: HeaderList },
): WireResponse {
  const { status, html, title = 'Error', type = 'text/html; charset=utf-8', extra = [] } = page
  const body = Buffer.from(
    `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<pre>${html}</pre>\n</body>\n</html>\n`,
  )
  const kept = headers.filter(([name]) => name !== 'Content-Security-Policy')
  const own: HeaderList = [
    ['Content-Security-Policy', "default-src 'none'"],
    ...extra,
    ['Content-Type', type],
    ['Content-Length', String(body.length)],
  ]
  return { status, headers: [...kept, ...own], body }
}

/** Unknown path or wrong method. */
export function notFoundPage(headers: HeaderList, request: WireRequest): WireResponse {
  const shown = encodeUrl(request.path.split('#', 1)[0] ?? '')
  return htmlPage(headers, { status: 404, html: escapeHtml(`Cannot ${request.method} ${shown}`) })
}

/** Refused parameters: bare in production; else the issues and where a stack would stand. */
export function refusedPage(
  headers: HeaderList,
  { status, issues }: { status: 400 | 500; issues: string | undefined },
): WireResponse {
  const html =
    issues === undefined
      ? STATUS_CODES[status]
      : `${escapeHtml(issues)}<br> &nbsp; &nbsp;at validateParams (mock-conduit)`
  return htmlPage(headers, { status, html: html ?? '' })
}
