import type { PlannedRoute, RouteDef } from '../../src/wire/route.ts'
import type { Router } from '../../src/wire/router.ts'
import type { Evidence } from './evidence.ts'
import { besideRoutes, declined, whyUnrecorded } from './reasons.ts'

interface Coverage {
  /** The routes with every feature on. */
  full: Router
  /** The routes of the recorded backend's own config. */
  recorded: Router
  evidence: ReadonlyMap<string, Evidence>
}

/** COMPAT.md as text: no dates, no timings, the same for the same routes and recordings. */
export function compatDocument(coverage: Coverage): string {
  const { full, evidence } = coverage
  const served = full.routes().filter(isServed)
  const planned = full.routes().filter((route) => !isServed(route))
  const proven = served.filter((route) => evidence.has(operationOf(route)))
  const unproven = served.filter((route) => !evidence.has(operationOf(route)))
  return [
    ...opening(coverage, {
      proven: proven.length,
      unproven: unproven.length,
      planned: planned.length,
    }),
    '## Recorded steps equal\n',
    'Steps are counted under the config their scenario was recorded with.\n',
    table(
      ['Route', 'Steps equal', 'Scenarios'],
      proven.map((route) => evidenceRow(operationOf(route), evidence.get(operationOf(route)))),
    ),
    '### Beside the routes\n',
    table(
      ['Steps', 'Equal', 'Scenarios', 'About'],
      Object.entries(besideRoutes).map(([key, about]) => [
        ...evidenceRow(key, evidence.get(key)),
        about,
      ]),
    ),
    '## Served without a recording\n',
    table(
      ['Route', 'On by default', 'Why'],
      unproven.map((route) => [
        `\`${operationOf(route)}\``,
        coverage.recorded.operations().includes(operationOf(route)) ? 'yes' : 'by config',
        whyUnrecorded(route.path),
      ]),
    ),
    '## Planned\n',
    'Registered when the config asks for them, and answered 501 with their name.\n',
    table(
      ['Route', 'Why'],
      planned.map((route) => [`\`${operationOf(route)}\``, 'why' in route ? route.why : '']),
    ),
    '## Declined\n',
    table(
      ['What', 'Why'],
      declined.map((row) => [...row]),
    ),
  ].join('\n')
}

function opening(
  { evidence }: Coverage,
  routes: { proven: number; unproven: number; planned: number },
): string[] {
  const all = [...evidence.values()]
  const sum = (pick: (each: Evidence) => number) =>
    all.reduce((total, each) => total + pick(each), 0)
  const scenarios = new Set(all.flatMap((each) => [...each.scenarios]))
  return [
    '<!-- Written by `npm run generate:compat`; a test fails when it is stale. -->\n',
    '# What the mock serves, and how that is known\n',
    'Conduit 0.17.0-alpha.6 (commit 4e203de84) on PostgreSQL, its Client REST API. Routes are those of the world `recorded` with every feature on.\n',
    table(
      ['', 'Count'],
      [
        ['Recorded scenarios replayed', String(scenarios.size)],
        ['Recorded steps equal', String(sum(({ equal }) => equal))],
        ['Recorded steps different', String(sum(({ different }) => different))],
        ['Routes with recorded steps', String(routes.proven)],
        ['Routes served without a recording', String(routes.unproven)],
        ['Routes planned (501)', String(routes.planned)],
      ],
    ),
  ]
}

function isServed(route: RouteDef | PlannedRoute): boolean {
  return 'handler' in route
}

function operationOf({ method, path }: RouteDef | PlannedRoute): string {
  return `${method} ${path}`
}

function evidenceRow(operation: string, evidence: Evidence | undefined): string[] {
  const { equal = 0, different = 0, scenarios = new Set<string>() } = evidence ?? {}
  return [`\`${operation}\``, `${equal}/${equal + different}`, named([...scenarios].sort())]
}

const NAMED = 4

function named(scenarios: string[]): string {
  const rest = scenarios.length - NAMED
  return [...scenarios.slice(0, NAMED), ...(rest > 0 ? [`${rest} more`] : [])].join(', ')
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`
}
