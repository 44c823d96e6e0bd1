import { z } from 'zod'
import { isRecord } from '../is-record.ts'
import { targetFileSchema } from './schema.ts'

const EXAMPLES: Record<string, string> = {
  target: 'a name, my-app',
  start: "{ command: npm start, env: { PORT: '{{port}}', CONDUIT_URL: '{{backend.url}}' } }",
  routes: 'login, logout and list at least',
  'routes.login':
    "{ POST: /api/login, json: { email: '{{user.email}}', password: '{{user.password}}' } }",
  'routes.logout': '{ POST: /api/logout }',
  'routes.list': '{ GET: /api/posts, items: $.items }',
}

/** An issue of the schema in the words of the file: where, what is wrong, what to write. */
export function inWords(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.map(String).join('.')
  const where = at === '' ? 'the file' : at
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(
      (key) =>
        `${at === '' ? key : `${at}.${key}`}: not a key of version 1; ${hintFor(key, knownKeys(issue.path))}`,
    )
  if (issue.code === 'invalid_type' && issue.message.includes('received undefined')) {
    const example = EXAMPLES[at]
    return [`${where}: is required${example === undefined ? '' : `, for example ${example}`}`]
  }
  if (issue.code === 'invalid_type' && at === '')
    return [
      'the file: it must hold keys and values, target, start and routes at least ("harness init URL" writes one)',
    ]
  return [`${where}: ${issue.message}`]
}

function hintFor(key: string, known: readonly string[]): string {
  const same = known.find((each) => each.toLowerCase() === key.toLowerCase())
  if (same !== undefined) return `write ${same}`
  return known.length === 0 ? 'misspelt?' : `there are ${known.join(', ')}`
}

/** The keys that the schema knows at a place of the file. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let node: unknown = z.toJSONSchema(targetFileSchema, { io: 'input', unrepresentable: 'any' })
  for (const step of path) {
    node = alternatives(node)
      .map((each) => memberOf(memberOf(each, 'properties'), String(step)))
      .find((each) => each !== undefined)
  }
  return [
    ...new Set(
      alternatives(node).flatMap((each) => Object.keys(recordOf(memberOf(each, 'properties')))),
    ),
  ]
}

const recordOf = (value: unknown) => (isRecord(value) ? value : {})
const memberOf = (value: unknown, key: string): unknown => recordOf(value)[key]

function alternatives(node: unknown): unknown[] {
  const several = [memberOf(node, 'anyOf'), memberOf(node, 'allOf')].flatMap((each) =>
    Array.isArray(each) ? (each as unknown[]) : [],
  )
  return several.length === 0 ? [node] : several
}
