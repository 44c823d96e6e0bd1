import encodeUrl from 'encodeurl'
import escapeHtml from 'escape-html'
import type { World } from '../world/world.ts'
import type { HeaderList, WireRequest, WireResponse } from './message.ts'
import { openApiDocument } from './openapi.ts'
import { htmlPage, jsonAnswer, sent, textWith } from './plain-answers.ts'

/** GETs of the explorers lose helmet's CSP. Source: R/security/index.ts:48-62. */
export function withoutCspForExplorers(headers: HeaderList, request: WireRequest): HeaderList {
  const explorer = request.method === 'GET' && /^\/(?:graphql|swagger|reference)/.test(request.path)
  return explorer ? headers.filter(([name]) => name !== 'Content-Security-Policy') : headers
}

/** GraphQL, MCP and the API documents, which stand before the REST routes; undefined for any other path. Source: H/index.ts:96-113, H/Rest/Rest.ts:318-346. */
export function serveExplorers(
  world: World,
  request: WireRequest,
  about: { headers: HeaderList; body: Record<string, unknown> },
): WireResponse | undefined {
  const { headers, body } = about
  const { path } = request
  if (!/^\/(?:graphql|mcp|swagger|reference)/i.test(path)) return undefined
  if (path.startsWith('/graphql')) return serveGraphql(world, request, { headers, body })
  if (path.startsWith('/mcp'))
    return jsonAnswer(headers, 500, { message: 'MCP is not enabled on this server!' })
  const lower = path.toLowerCase()
  if (lower === '/reference' || lower.startsWith('/reference/'))
    return textWith(headers, 200, referencePage)
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const trimmed = lower.replace(/\/$/, '')
  if (lower === '/swagger') return swaggerFolder(request, headers)
  if (trimmed === '/swagger') return textWith(headers, 200, swaggerPage)
  if (trimmed === '/swagger.json')
    return textWith(headers, 200, JSON.stringify(openApiDocument(world)))
  return undefined
}

/** The redirect of package serve-static, which keeps what follows the path. */
function swaggerFolder({ path, target }: WireRequest, headers: HeaderList): WireResponse {
  const location = encodeUrl(`${path}/${/[?#].*$/s.exec(target)?.[0] ?? ''}`)
  return htmlPage(headers, {
    status: 301,
    title: 'Redirecting',
    html: `Redirecting to ${escapeHtml(location)}`,
    type: 'text/html; charset=UTF-8',
    extra: [['Location', location]],
  })
}

/** Methods that Express names for the documents of the API. The reference page takes any, so that it is never asked. */
export function explorerMethods(path: string): string[] {
  return /^\/swagger(?:\.json)?\/?$/i.test(path) ? ['GET'] : []
}

const simpleTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']
const jsonType = 'application/json; charset=utf-8'
const csrfMessage = `This operation has been blocked as a potential Cross-Site Request Forgery (CSRF). Please either specify a 'content-type' header (with a type that is not one of ${simpleTypes.join(', ')}) or provide a non-empty value for one of the following headers: x-apollo-operation-name, apollo-require-preflight\n`
const csrfBody = JSON.stringify({
  errors: [{ message: csrfMessage, extensions: { code: 'BAD_REQUEST' } }],
})

/** The guard of the GraphQL server, and the one query that needs no schema; anything more is not the Client REST API. */
function serveGraphql(
  world: World,
  request: WireRequest,
  { headers, body }: { headers: HeaderList; body: Record<string, unknown> },
): WireResponse {
  if (!world.config.router.transports.graphql)
    return jsonAnswer(headers, 500, { message: 'GraphQL is not enabled on this server!' })
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const declared =
    request.headers['x-apollo-operation-name'] ?? request.headers['apollo-require-preflight']
  if (!declared && (type === '' || simpleTypes.includes(type)))
    return sent(headers, { status: 400, type: jsonType, body: Buffer.from(`${csrfBody}\n`) })
  const query = typeof body['query'] === 'string' ? body['query'].replace(/\s+/g, '') : ''
  if (/^(?:query)?\{__typename\}$/.test(query)) {
    const answer = Buffer.from('{"data":{"__typename":"Query"}}\n')
    return sent(headers, {
      status: 200,
      type: jsonType,
      body: answer,
      extra: [['cache-control', 'no-store']],
    })
  }
  return jsonAnswer(headers, 501, {
    name: 'NOT_IMPLEMENTED',
    status: 501,
    message: 'mock-conduit serves the REST API only, not GraphQL.',
  })
}

const referencePage = `<!doctype html>
<html>
  <head>
    <title>Scalar API Reference</title>
    <meta charset="utf-8" />
    <meta
      name="viewport"
      content="width=device-width, initial-scale=1" />
  </head>
  <body>
    <div id="app"></div>
    <!-- Load the Script -->
    <script src="https://cdn.jsdelivr.net/npm/@scalar/api-reference"></script>

    <!-- Initialize the Scalar API Reference -->
    <script type="text/javascript">
      Scalar.createApiReference('#app', {
        "_integration": "express",
        "sources": [
          {
            "url": "/swagger.json",
            "default": true
          }
        ]
      })
    </script>
  </body>
</html>`

const swaggerPage = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Conduit (mock)</title></head>
<body><p>The mock does not bundle Swagger UI; its document is <a href="/swagger.json">/swagger.json</a>.</p></body>
</html>`
