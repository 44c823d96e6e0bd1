import fc from 'fast-check'
import {
  hostileNumber,
  hostileText,
  jsonText,
  leaf,
  type Loose,
  looseValue,
  wellFormed,
} from './hostile-values.ts'
import type { FuzzRequest } from './request.ts'
import type { Asked } from './routes-to-ask.ts'

/** Names that the target fills in. */
export const placeholders = [
  'post',
  'note',
  'file',
  'user',
  'team',
  'teamDoc',
  'tag',
  'nobody',
] as const
const id = fc.constantFrom(...placeholders).map((name) => `{{${name}}}`)

const method = fc.constantFrom('GET', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')

const authorization = fc.oneof(
  { weight: 8, arbitrary: fc.constant('Bearer {{access}}') },
  { weight: 2, arbitrary: fc.constant('Bearer {{refresh}}') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      'Bearer',
      'Bearer ',
      'bearer {{access}}',
      'Basic {{access}}',
      'Bearer {{access}} x',
      'Bearer {{access}}x',
      'Bearer eyJhbGciOiJub25lIn0.eyJpZCI6IjEifQ.',
      'Bearer a.b.c',
      '{{access}}',
    ),
  },
)

const header: fc.Arbitrary<[string, string]> = fc.oneof(
  authorization.map((value): [string, string] => ['authorization', value]),
  authorization.map((value): [string, string] => ['authorization', value]),
  fc.constantFrom<[string, string]>(
    ['cookie', 'accessToken={{access}}; refreshToken={{refresh}}'],
    ['cookie', '__proto__=1; =; a=%; accessToken="x"'],
    ['if-none-match', '*'],
    ['if-none-match', 'W/"0-0", "x"'],
    ['cache-control', 'no-cache'],
    ['origin', 'http://evil.test'],
    ['x-forwarded-for', '1.2.3.4, ::1'],
    ['clientid', 'x'],
    ['clientsecret', '__proto__'],
    ['range', 'bytes=0-3'],
    ['range', 'bytes=9-1,-5,x'],
    ['accept-encoding', 'gzip;q=0.1, br'],
    ['captcha', 'x'],
  ),
)

const segment = fc.oneof(
  { weight: 6, arbitrary: id },
  { weight: 2, arbitrary: hostileText.map((text) => encodeURIComponent(wellFormed(text))) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('..', '%2e%2e', '%2F', '%', '%zz', '%ff', '%00', ' ', '*'),
  },
)

function pathOf(route: Asked): fc.Arbitrary<string> {
  const parts = route.path.split('/').slice(1)
  const filled = fc
    .tuple(...parts.map((part) => (part.startsWith(':') ? segment : fc.constant(part))))
    .map((chosen) => `/${chosen.join('/')}`)
  const odd = fc
    .tuple(
      filled,
      fc.constantFrom(
        '/',
        '//',
        '/../x',
        '/%2e%2e/',
        '/__proto__',
        '/constructor',
        '.json',
        ';a=b',
        '%00',
      ),
    )
    .map(([path, tail]) => path + tail)
  return fc.oneof(
    { weight: 12, arbitrary: filled },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: filled.map((path) => path.toUpperCase()) },
  )
}

const encode = (text: string) => encodeURIComponent(wellFormed(text))

function queryOf(route: Asked): fc.Arbitrary<string> {
  const names = fc.constantFrom(
    ...route.query,
    'scope',
    'sort',
    'populate',
    'skip',
    '__proto__',
    'constructor',
    'a[b]',
    'sort[]',
    'sort[__proto__]',
  )
  const value = fc.oneof(
    hostileText,
    hostileNumber.map(String),
    id,
    fc.constantFrom(
      'Team:{{team}}',
      'Post:{{post}}',
      'TeamDoc:{{teamDoc}}',
      'read',
      ':',
      'a:b:c',
      '-createdAt',
      'author',
      'tags',
      '_id',
    ),
  )
  const pair = fc.tuple(names, value).map(([name, text]) => `${encode(name)}=${filledIn(text)}`)
  return fc.oneof(
    { weight: 10, arbitrary: fc.array(pair, { maxLength: 4 }).map((pairs) => pairs.join('&')) },
    { weight: 1, arbitrary: fc.constantFrom('%', '&&==&', 'a=%ff', '=', '?', 'a&a&a', '%00=%00') },
  )
}

/** Encoded, but for placeholders. */
function filledIn(text: string): string {
  return text
    .split(/(\{\{\w+\}\})/)
    .map((part, at) => (at % 2 === 1 ? part : encode(part)))
    .join('')
}

const plausible: fc.Arbitrary<Loose> = fc
  .oneof(
    id,
    fc.constantFrom(
      'ann@example.com',
      'correct horse battery 1',
      'A title',
      'published',
      '2026-01-01T00:00:00Z',
      'conduit',
      'folder/',
      'aGVsbG8=',
      'text/plain',
      'Team:{{team}}',
    ),
    fc.boolean(),
    fc.integer({ min: 0, max: 10 }),
  )
  .map((value) => ({ kind: 'leaf', value }))

function jsonOf(route: Asked): fc.Arbitrary<string> {
  const value = fc.oneof(
    { weight: 6, arbitrary: plausible },
    { weight: 2, arbitrary: leaf },
    { weight: 1, arbitrary: looseValue },
    {
      weight: 1,
      arbitrary: fc.array(plausible, { maxLength: 3 }).map((of): Loose => ({ kind: 'list', of })),
    },
  )
  const known = fc.tuple(
    ...route.body.map((name) => fc.option(value.map((each): [string, Loose] => [name, each]))),
  )
  const extra = fc.array(
    fc.tuple(fc.constantFrom('__proto__', 'constructor', '_id', 'createdAt', 'x'), value),
    { maxLength: 1 },
  )
  const object = fc
    .tuple(known, extra)
    .map(([fields, more]) =>
      jsonText({ kind: 'object', of: [...fields.filter((each) => each !== null), ...more] }),
    )
  return fc.oneof(
    { weight: 8, arbitrary: object },
    { weight: 1, arbitrary: looseValue.map(jsonText) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '{', '[', '{"a":', 'nul', '\0', '{"a":1}}', '[1,]'),
    },
  )
}

type Payload = Pick<FuzzRequest, 'body'> & { type: string | undefined }

function payloadOf(route: Asked): fc.Arbitrary<Payload> {
  const json = jsonOf(route).map((body): Payload => ({ body, type: 'application/json' }))
  const form = queryOf(route).map((body): Payload => ({
    body,
    type: 'application/x-www-form-urlencoded',
  }))
  const raw = fc.record({
    body: hostileText.map((text) => wellFormed(text)),
    type: fc.constantFrom(
      undefined,
      'text/plain',
      'application/octet-stream',
      'application/json; charset=utf-16',
      'application/json; charset=nope',
      'multipart/form-data; boundary=x',
      ';',
    ),
  })
  return fc.oneof(
    { weight: 8, arbitrary: json },
    { weight: 1, arbitrary: form },
    { weight: 1, arbitrary: raw },
  )
}

/** A request to a route of the table, mostly with its own method and declared names, sometimes not. */
export function requestTo(route: Asked): fc.Arbitrary<FuzzRequest> {
  return fc
    .record({
      method: fc.oneof(
        { weight: 9, arbitrary: fc.constant(route.method) },
        { weight: 1, arbitrary: method },
      ),
      path: pathOf(route),
      query: queryOf(route),
      headers: fc.array(header, { maxLength: 3 }),
      payload: payloadOf(route),
    })
    .map(({ payload, headers, ...rest }) => {
      const { type } = payload
      const bodiless = rest.method === 'GET' || rest.method === 'HEAD'
      return {
        ...rest,
        side: 'api',
        headers: type === undefined || bodiless ? headers : [...headers, ['content-type', type]],
        body: bodiless ? undefined : payload.body,
      }
    })
}
