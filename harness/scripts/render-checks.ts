import { mutants } from '../reference-bff/mutants/index.ts'
import { catalogue, type Check } from '../src/index.ts'
import { needsInWords } from '../src/report/explain.ts'

const HEAD = `# Checks

What the harness asks of a BFF. \`harness explain ID\` shows one of them on the terminal. Written by
\`npx tsx --conditions=source harness/scripts/make-checks.ts\`; a test fails when this page is out of date.

- **level**: a broken MUST is FAIL, a broken SHOULD is WARN (FAIL under \`--strict\`), INFO only records a value.
- **requirement**: \`BBA#…\` OAuth 2.0 for Browser-Based Applications, \`ASVS5-…\` OWASP ASVS 5.0, \`RFC…\`, \`…-CS\` an OWASP cheat sheet,
  \`T-…\` a defect that was met in practice.
- **mutants**: faults of the reference BFF that the check catches; [MATRIX.md](MATRIX.md) says what each does.
`

/** CHECKS.md from the catalogue and the registry of mutants. */
export function renderChecks(): string {
  return [HEAD, overview(), ...catalogue.map(section)].join('\n')
}

function overview(): string {
  const rows = catalogue.map(
    ({ id, title, level, profiles }) =>
      `| [${id}](#${id.toLowerCase()}) | ${level} | ${profiles.join(', ')} | ${cell(title)} |`,
  )
  return ['| check | level | profiles | title |', '|---|---|---|---|', ...rows, ''].join('\n')
}

function section(check: Check): string {
  const rows: [name: string, values: readonly string[]][] = [
    ['level', [check.level]],
    ['profiles', check.profiles],
    ['requirement', check.requirement],
    ['backend source', check.source],
    ['needs', needsInWords(check)],
    ['builds on', check.dependsOn],
    ['mutants', killers(check)],
  ]
  return [
    `## ${check.id}`,
    '',
    `${check.title}.`,
    '',
    '| | |',
    '|---|---|',
    ...rows
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => `| ${name} | ${cell(values.join(', '))} |`),
    '',
    ...causes(check),
  ].join('\n')
}

const causes = ({ usualCauses }: Check): string[] =>
  usualCauses.length === 0
    ? []
    : ['Usual causes of a failure:', '', ...usualCauses.map((cause) => `- ${cause}`), '']

const killers = ({ id }: Check) =>
  mutants.filter((mutant) => id in mutant.kills).map(({ name }) => `\`${name}\``)

const cell = (text: string) => text.replaceAll('|', '\\|')
