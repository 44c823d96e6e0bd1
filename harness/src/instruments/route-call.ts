import { randomBytes } from 'node:crypto'
import type { Route } from '../target/route-schema.ts'
import { fillText, fillValue, type TemplateValues } from '../target/template.ts'
import type { HeaderList } from './http-exchange.ts'

/** A declared route with its templates filled, before the browser adds its own headers. */
export interface RouteCall {
  method: string
  path: string
  headers: HeaderList
  body?: Buffer
}

/** Fills a route's path, query, headers and body. Values that go into the path are percent-encoded. Throws `TemplateError` on an unknown name. */
export function routeCall(
  route: Route,
  values: TemplateValues,
  extraQuery: Readonly<Record<string, string>> = {},
): RouteCall {
  const encoded = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value === undefined ? value : encodeURIComponent(value),
    ]),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(route.query ?? {}))
    query.set(name, fillText(String(value), values))
  for (const [name, value] of Object.entries(extraQuery)) query.set(name, value)
  const path = fillText(route.path, encoded)
  const search = query.toString()
  const headers: HeaderList = Object.entries(route.headers ?? {}).map(([name, value]) => [
    name,
    fillText(value, values),
  ])
  const content = bodyOf(route, values)
  return {
    method: route.method,
    path: search === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${search}`,
    headers: content ? [...headers, ['Content-Type', content.type]] : headers,
    ...(content ? { body: content.bytes } : {}),
  }
}

function bodyOf(route: Route, values: TemplateValues): { type: string; bytes: Buffer } | undefined {
  if (route.json !== undefined)
    return {
      type: 'application/json',
      bytes: Buffer.from(JSON.stringify(fillValue(route.json, values))),
    }
  if (route.form !== undefined) {
    const form = new URLSearchParams()
    for (const [name, value] of Object.entries(route.form))
      form.set(name, fillText(String(value), values))
    return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(form.toString()) }
  }
  return route.multipart === undefined ? undefined : multipartBody(route.multipart, values)
}

/** Fields whose template is `{{bytes}}` are sent as files; each character of the value is a byte. */
function multipartBody(
  fields: Readonly<Record<string, string>>,
  values: TemplateValues,
): { type: string; bytes: Buffer } {
  const boundary = `----bffc${randomBytes(12).toString('hex')}`
  const parts = Object.entries(fields).flatMap(([name, template]) => {
    const isFile = template.includes('{{bytes}}')
    const disposition = `form-data; name="${name}"${isFile ? `; filename="${values['file.name'] ?? 'upload.bin'}"` : ''}`
    const type = isFile
      ? `Content-Type: ${values['file.type'] ?? 'application/octet-stream'}\r\n`
      : ''
    return [
      Buffer.from(`--${boundary}\r\nContent-Disposition: ${disposition}\r\n${type}\r\n`),
      Buffer.from(fillText(template, values), isFile ? 'latin1' : 'utf8'),
      Buffer.from('\r\n'),
    ]
  })
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  }
}
