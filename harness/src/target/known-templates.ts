import { isRecord } from '../is-record.ts'
import type { Target } from './schema.ts'
import { templatesIn } from './template.ts'

const OF_ENV = [
  'port',
  'backend.url',
  'backend.clientId',
  'backend.clientSecret',
  'storage.url',
  'storage.host',
  'vault.url',
  'redis.url',
  'admin.url',
  'sink.url',
  'origin',
  'secret',
  'instance',
]
const OF_ROUTES = [
  'user.email',
  'user.password',
  'user.id',
  'id',
  'file.id',
  'file.name',
  'nonce',
  'term',
  'scope',
  'bytes',
  'tenant',
]

/** Templates of a target file that stand for nothing, by the key they are at. */
export const unknownTemplates = ({ start, routes }: Target): string[] => [
  ...templatesIn(start.command ?? '')
    .filter((name) => OF_ENV.includes(name))
    .map(
      (name) =>
        `start.command: {{${name}}} is filled in start.env only; give it to a variable there and write $THAT_VARIABLE here`,
    ),
  ...Object.entries(start.env).flatMap(([name, text]) =>
    problems(`start.env.${name}`, text, OF_ENV),
  ),
  ...Object.entries(routes).flatMap(([name, route]) =>
    problems(`routes.${name}`, route, OF_ROUTES),
  ),
]

function problems(at: string, value: unknown, known: readonly string[]): string[] {
  if (typeof value === 'string')
    return templatesIn(value)
      .filter((name) => !known.includes(name))
      .map((name) => `${at}: {{${name}}} stands for nothing here; there are ${known.join(', ')}`)
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, each]) => problems(`${at}.${key}`, each, known))
}
