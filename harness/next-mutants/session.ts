import { defineNextMutants, when } from './next-mutant.ts'

const readable = when('cookie-not-httponly')
const trusting = when('ignores-origin')

export const sessionMutants = defineNextMutants([
  {
    name: 'cookie-not-httponly',
    defect: 'Scripts of the page can read the session cookie.',
    kills: { 'SESSION-02': /./ },
    edits: [
      {
        file: 'lib/session.ts',
        find: '      httpOnly: true,\n',
        put: `      httpOnly: !(${readable}),
`,
      },
    ],
  },
  {
    name: 'ignores-origin',
    defect: 'A request that changes something is accepted wherever it comes from.',
    kills: { 'SESSION-11': /^logout with/ },
    edits: [
      {
        file: 'lib/api/guard.ts',
        find: 'export function refuseForeign(request: Request): void {\n',
        put: `export function refuseForeign(request: Request): void {
  if (${trusting}) return
`,
      },
    ],
  },
])
