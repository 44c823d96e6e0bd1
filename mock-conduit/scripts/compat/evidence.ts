import type { Recording } from '../../parity/recording.ts'
import type { StepResult } from '../../parity/replay.ts'
import type { Router } from '../../src/wire/router.ts'
import { recordedWorld } from './worlds.ts'

/** What the recordings say about one operation. */
export interface Evidence {
  equal: number
  different: number
  scenarios: Set<string>
}

/** Operations that are no routes, under which the other recorded steps are counted. */
export const BYTES = '@storage/bytes'
export const EXPLORERS = '@explorers'
export const UNROUTED = '@no-such-route'
export const COMPUTED = '@no-request'

/** Counts replayed steps by the operation they ask, under the config each scenario was recorded with. */
export function evidenceOf(
  recordings: readonly Recording[],
  results: readonly StepResult[],
): Map<string, Evidence> {
  const configs = new Map(recordings.map((each) => [nameOf(each), each.config]))
  const routers = new Map<string, Router>()
  const found = new Map<string, Evidence>()
  for (const { scenario, request, outcome } of results) {
    const known = routers.get(scenario)
    const router = known ?? recordedWorld(configs.get(scenario) ?? {}).router
    routers.set(scenario, router)
    const operation = operationOf(router, request)
    const evidence = found.get(operation) ?? { equal: 0, different: 0, scenarios: new Set() }
    found.set(operation, evidence)
    evidence.scenarios.add(scenario)
    if (outcome === 'equal') evidence.equal += 1
    else evidence.different += 1
  }
  return found
}

function nameOf({ id, development }: Recording): string {
  return development ? `devmode/${id}` : id
}

/** `request` is a template: a variable stands for one path segment, or for a whole URL of the byte server. */
function operationOf(router: Router, request: string | undefined): string {
  if (request === undefined) return COMPUTED
  const space = request.indexOf(' ')
  const target = request.slice(space + 1)
  if (!target.startsWith('/')) return BYTES
  const path = target.replace(/\{\{[^{}]+\}\}/g, 'x').split('?')[0] ?? ''
  if (/^\/(?:graphql|mcp|swagger|reference)/.test(path)) return EXPLORERS
  return router.match(request.slice(0, space), path)?.operation ?? UNROUTED
}
