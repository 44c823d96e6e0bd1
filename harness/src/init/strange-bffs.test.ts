import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { startStrange, type StrangeName } from '../../test/strange-bffs.ts'
import { main } from '../cli.ts'
import { freePort } from '../target/free-port.ts'
import { parseTarget } from '../target/read-target.ts'

const found: Record<StrangeName, readonly string[]> = {
  'form login': [
    'login POST /account/login form user_email, user_pass',
    'logout POST /signout',
    'list GET /data/notes',
    'create POST /data/notes json title',
  ],
  'API under /bff/v1': [
    'login POST /bff/v1/login json email, password',
    'logout POST /bff/v1/logout',
    'list GET /bff/v1/posts',
    'create POST /bff/v1/posts json title',
    'preview GET /bff/v1/files/{{id}}/preview',
  ],
  'JSON with username': [
    'login POST /api/v2/auth/login json username, password',
    'logout POST /api/v2/auth/logout',
    'list GET /api/v2/articles',
    'create POST /api/v2/articles json title',
  ],
  'pages that are one script': [
    'login POST /gateway/auth/enter json email, password',
    'logout POST /gateway/auth/leave',
    'list GET /gateway/stories',
    'create POST /gateway/stories json title',
    'preview GET /gateway/attachments/{{id}}/preview',
  ],
}
const ITEMS: Partial<Record<StrangeName, string>> = {
  'API under /bff/v1': '$.data.entries.documents',
}

/** The file that init writes about such a BFF. */
async function written(name: StrangeName): Promise<string> {
  const [port, storagePort] = [await freePort(), await freePort()]
  const bff = await startStrange(name, {
    CONDUIT_URL: `http://127.0.0.1:${port}`,
    STORAGE_URL: `http://127.0.0.1:${storagePort}`,
    APP_ORIGIN: 'https://app.test',
  })
  onTestFinished(() => bff.stop())
  const output = join(await mkdtemp(join(tmpdir(), 'init-')), 'bffc.yaml')
  const ports = ['--backend-port', String(port), '--storage-port', String(storagePort)]
  await main(['init', bff.url, '--output', output, '--origin', 'https://app.test', ...ports], {
    write: () => undefined,
    isTerminal: false,
  })
  return readFile(output, 'utf8')
}

describe('harness init finds the routes of a BFF with', () => {
  for (const name of Object.keys(found) as StrangeName[])
    it(
      name,
      async () => {
        const { routes } = parseTarget(parse(await written(name)))
        const lines = Object.entries(routes).flatMap(([route, it]) => {
          if (it === undefined) return []
          const { json, form } = it as { json?: object; form?: object }
          const body = json
            ? `json ${Object.keys(json).join(', ')}`
            : form
              ? `form ${Object.keys(form).join(', ')}`
              : ''
          return [`${route} ${it.method} ${it.path} ${body}`.trim()]
        })
        expect(lines).toEqual(found[name])
        expect(routes.list.items).toEqual(ITEMS[name] ?? '$.documents')
      },
      120_000,
    )
})
