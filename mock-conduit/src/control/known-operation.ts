import { nearestNames } from '../wire/nearest.ts'
import { operationMatches } from '../world/operation.ts'
import type { World } from '../world/world.ts'
import { ControlError } from './control-error.ts'

const BYTES = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'].map(
  (method) => `${method} @storage/bytes`,
)

/** Every name a request of this world can bear. */
export function operationNames(world: World): string[] {
  return [...world.router.operations(), ...BYTES, 'unknown']
}

/** The operation itself, if any request of this world could bear that name; else a refusal with the nearest names. */
export function knownOperation(world: World, pattern: string): string {
  const names = operationNames(world)
  if (names.some((name) => operationMatches(pattern, name))) return pattern
  const near = nearestNames(names, pattern).map((name) => `"${name}"`)
  throw new ControlError(
    400,
    'UNKNOWN_OPERATION',
    `No operation "${pattern}" in this world. Nearest: ${near.join(', ')}. "*" stands for any characters.`,
  )
}
