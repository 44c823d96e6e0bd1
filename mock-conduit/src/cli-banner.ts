import type { WorldDefinition } from '@conduit-bff/fixtures'
import picocolors from 'picocolors'
import type { RunningMock } from './index.ts'

/** What a person wants to know after the start: where, who can log in, how to drive it. */
export function banner({ url, storageUrl }: RunningMock, { name, users }: WorldDefinition): string {
  const { bold, cyan, dim } = picocolors
  const people = users.flatMap(({ email, password }) =>
    email !== undefined && password !== undefined ? [`  ${email}  ${dim(password)}`] : [],
  )
  const someone = users.find(({ email }) => email !== undefined)?.email ?? 'USER'
  const lines = [
    `${bold('mock-conduit')} serves the world ${bold(name)}`,
    '',
    `  Client API  ${cyan(url)}`,
    `  Storage     ${cyan(storageUrl)}`,
    `  Console     ${cyan(`${url}/__mock/`)}`,
    '',
    ...(people.length > 0 ? ['Users', ...people, ''] : []),
    'Try',
    `  curl -X POST ${url}/__mock/users/${someone}/expire   ${dim('access tokens are expired now')}`,
    `  curl ${url}/__mock/journal                ${dim('what was asked, by whom')}`,
    `  curl -X POST ${url}/__mock/reset          ${dim('back to the seed')}`,
    '',
    dim('Ctrl+C stops it.'),
  ]
  return lines.join('\n')
}

/** Faults and gates that were armed and never met a request: they usually mean a test that proves nothing. */
export async function unusedText({ control }: RunningMock): Promise<string> {
  const [{ unused }, gates] = [await control.faults(), await control.gates()]
  const idle = [...unused, ...gates.filter(({ held }) => held === 0)]
  if (idle.length === 0) return ''
  return `Armed but never hit: ${idle.map(({ operation }) => operation).join(', ')}`
}
