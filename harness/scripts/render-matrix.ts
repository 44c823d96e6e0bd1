import { nextMutants } from '../next-mutants/index.ts'
import { mutants } from '../reference-bff/mutants/index.ts'
import { catalogue, type Check } from '../src/index.ts'

const HEAD = `# Kill matrix

Every check beside the faults that it catches. A mutant is the reference BFF (\`reference-bff/\`) with exactly one defect; the check named
must fail it, with the verdict FAIL (OBSERVED where a check only records) and at the observation named. \`test/kill-matrix/\` runs all of them, and the reference itself, which
passes everything, as do the variants in \`examples/\`. Written by \`npx tsx --conditions=source harness/scripts/make-matrix.ts\`; a test
fails when this page is out of date.

Run one by hand: \`harness run REFRESH-04 --target harness/targets/reference.yaml --env MUTANT=no-single-flight\`
`

/** MATRIX.md from the catalogue and the registry of mutants. */
export function renderMatrix(): string {
  const sections = catalogue.map(section)
  return [HEAD, counts(), ...sections, inNextJs()].join('\n')
}

function counts(): string {
  const groups = [...new Set(catalogue.map(groupOf))]
  const rows = groups.map((group) => {
    const checks = catalogue.filter((check) => groupOf(check) === group)
    const killers = mutants.filter((mutant) => checks.some(({ id }) => id in mutant.kills))
    return `| ${group} | ${checks.length} | ${killers.length} |`
  })
  const total = mutants.filter((mutant) => catalogue.some(({ id }) => id in mutant.kills)).length
  return [
    '| group | checks | mutants |',
    '|---|---|---|',
    ...rows,
    `| **all** | **${catalogue.length}** | **${total}** |`,
    '',
  ].join('\n')
}

const groupOf = ({ id }: Check) => id.split('-')[0] ?? ''

function section({ id, title, level }: Check): string {
  const rows = mutants.flatMap(({ name, defect, kills }) => {
    const observation = kills[id]
    return observation === undefined
      ? []
      : [`| \`${name}\` | ${cell(defect)} | ${cell(observationText(observation))} |`]
  })
  const table = ['| mutant | defect | fails at |', '|---|---|---|', ...rows]
  return [
    `## ${id} ${title} (${level})`,
    '',
    ...(rows.length === 0 ? ['No mutant yet.'] : table),
    '',
  ].join('\n')
}

/** The same on a real framework: mutants of the sample app. */
function inNextJs(): string {
  const rows = nextMutants.flatMap(({ name, defect, kills }) =>
    Object.entries(kills).map(
      ([id, seen]) => `| \`${name}\` | ${cell(defect)} | ${id} | ${cell(observationText(seen))} |`,
    ),
  )
  return [
    '## Mutants of the Next.js sample',
    '',
    'The sample app with one defect each, all in one build (`next-mutants/`); `test/next-mutants.test.ts` runs them.',
    '',
    '| mutant | defect | check | fails at |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

const observationText = (observation: string | RegExp) =>
  typeof observation === 'string' ? observation : `\`${String(observation)}\``

const cell = (text: string) => text.replaceAll('|', '\\|')
