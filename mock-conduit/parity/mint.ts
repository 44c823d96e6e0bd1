import { createHmac } from 'node:crypto'
import type { Json } from './recording.ts'
import { NotApplicable } from './not-applicable.ts'
import type { Variables } from './variables.ts'

/** Signs every token of a `mint` step (HS256) into its variable. Throws `NotApplicable` for a form of `mint` that is not known. */
export function mintInto(spec: Json, variables: Variables): void {
  for (const [name, each] of Object.entries(object(spec)))
    variables.set(name, mint(each, variables))
}

function mint(spec: Json, variables: Variables): string {
  const { secret, payload, header } = object(spec)
  if (typeof secret !== 'string') throw unknownForm()
  const part = (value: Json) =>
    Buffer.from(JSON.stringify(variables.fillJson(value))).toString('base64url')
  const unsigned = `${part(header ?? { alg: 'HS256', typ: 'JWT' })}.${part(object(payload))}`
  const signature = createHmac('sha256', variables.fill(secret)).update(unsigned)
  return `${unsigned}.${signature.digest('base64url')}`
}

function object(value: Json | undefined): Record<string, Json> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unknownForm()
  return value
}

function unknownForm(): NotApplicable {
  return new NotApplicable(
    'a mint of unknown form: expected {variable: {secret, payload, header?}}',
  )
}
