import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, startProgram, startScript } from './child.ts'
import { type Load, median, requestsPerSecond } from './load.ts'

const ROUNDS = 5
const here = import.meta.dirname
const author = 'a11ce000-0000-4000-8000-000000000001'

/** Requests per second by name, one figure per round; rounds are interleaved so that a noisy minute hits all. */
export interface Throughput {
  rounds: Record<string, number[]>
  /** Peers that could not be brought here, and why. */
  missing: Record<string, string>
}

export async function measureThroughput(log: (line: string) => void): Promise<Throughput> {
  const children: Child[] = []
  const start = async (script: string, ...args: string[]) => {
    const child = await startScript(join(here, script), ...args)
    children.push(child)
    return child
  }
  try {
    const small = await start('mock-server.ts', '1000')
    const large = await start('mock-server.ts', '100000')
    const bare = await start('bare-server.ts', await recordAnswer(small.url))
    const peers = await startPeers(children)
    const loads = { ...(await ownLoads({ small, large, bare })), ...peers.loads }
    return { rounds: await interleave(loads, log), missing: peers.missing }
  } finally {
    for (const child of children) child.stop()
  }
}

async function interleave(
  loads: Record<string, Load>,
  log: (line: string) => void,
): Promise<Record<string, number[]>> {
  const rounds: Record<string, number[]> = Object.fromEntries(
    Object.keys(loads).map((name) => [name, []]),
  )
  for (let round = 1; round <= ROUNDS; round += 1)
    for (const [name, load] of Object.entries(loads)) {
      const figure = await requestsPerSecond(load)
      rounds[name]?.push(figure)
      log(`round ${round} ${name}: ${Math.round(figure)} req/s`)
    }
  return rounds
}

async function login(url: string): Promise<string> {
  const response = await fetch(`${url}/authentication/local`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'alice@example.com', password: 'alice-password-1' }),
  })
  const { accessToken } = (await response.json()) as { accessToken: string }
  return `Bearer ${accessToken}`
}

/** One list answer of the mock, for the bare server to send. */
async function recordAnswer(url: string): Promise<string> {
  const response = await fetch(`${url}/database/Post?skip=0&limit=20`, {
    headers: { Authorization: await login(url) },
  })
  const skipped = new Set(['date', 'connection', 'keep-alive'])
  const file = join(mkdtempSync(join(tmpdir(), 'bench-')), 'answer.json')
  writeFileSync(
    file,
    JSON.stringify({
      headers: [...response.headers].filter(([name]) => !skipped.has(name)),
      body: await response.text(),
    }),
  )
  return file
}

const pages = (total: number) =>
  Array.from({ length: 100 }, (_, n) => `/database/Post?skip=${(n * 7) % (total - 20)}&limit=20`)

async function ownLoads({
  small,
  large,
  bare,
}: Record<'small' | 'large' | 'bare', Child>): Promise<Record<string, Load>> {
  const hit = { Authorization: await login(small.url) }
  const fresh = { ...hit, 'Cache-Control': 'no-cache' }
  const freshLarge = { Authorization: await login(large.url), 'Cache-Control': 'no-cache' }
  const byAuthor = [`/database/function/GetPostsByAuthor?authorId=${author}&skip=0&limit=20`]
  return {
    'bare node:http': { url: bare.url, paths: ['/'] },
    'list, cache hit': { url: small.url, headers: hit, paths: ['/database/Post?skip=0&limit=20'] },
    'list, no-cache, 1,000 documents': { url: small.url, headers: fresh, paths: pages(1_000) },
    'list, no-cache, 100,000 documents': {
      url: large.url,
      headers: freshLarge,
      paths: pages(100_000),
    },
    'function with one equality, 100,000 documents': {
      url: large.url,
      headers: freshLarge,
      paths: byAuthor,
    },
  }
}

/** json-server comes with the repository; Mockoon's CLI is fetched for the run, because it is larger than everything else together. */
async function startPeers(
  children: Child[],
): Promise<{ loads: Record<string, Load>; missing: Record<string, string> }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const posts = Array.from({ length: 1_000 }, (_, id) => ({
    id,
    title: `Post ${id} of the bench`,
    body: 'It took longer than I thought, and I would do it again, as far as anybody can tell.',
    views: id,
  }))
  const loads: Record<string, Load> = {}
  const missing: Record<string, string> = {}
  const bring = async (name: string, path: string, start: () => Promise<Child>) => {
    try {
      const child = await start()
      children.push(child)
      loads[name] = { url: child.url, paths: [path] }
    } catch (error) {
      missing[name] = error instanceof Error ? error.message : String(error)
    }
  }
  const db = join(folder, 'db.json')
  writeFileSync(db, JSON.stringify({ posts }))
  await bring('json-server 0.17', '/posts?_start=0&_limit=20', () =>
    startProgram(
      'npx',
      ['json-server', '--quiet', '--port', '39331', db],
      'http://127.0.0.1:39331/posts?_limit=1',
    ),
  )
  const environment = join(folder, 'mockoon.json')
  writeFileSync(environment, JSON.stringify(mockoonEnvironment(posts)))
  await bring('Mockoon CLI 9.9', '/posts?page=1&limit=20', () =>
    startProgram(
      'npx',
      [
        '-y',
        '@mockoon/cli@9.9.0',
        'start',
        '--data',
        environment,
        '--port',
        '39332',
        '--disable-log-to-file',
      ],
      'http://127.0.0.1:39332/posts?limit=1',
    ),
  )
  return { loads, missing }
}

function mockoonEnvironment(posts: unknown[]): unknown {
  const response = {
    uuid: 'r1',
    body: '{}',
    latency: 0,
    statusCode: 200,
    label: '',
    headers: [],
    bodyType: 'DATABUCKET',
    filePath: '',
    databucketID: 'posts',
    sendFileAsBody: false,
    rules: [],
    rulesOperator: 'OR',
    disableTemplating: false,
    fallbackTo404: false,
    default: true,
    crudKey: 'id',
    callbacks: [],
  }
  const route = {
    uuid: 'a1',
    type: 'crud',
    documentation: '',
    method: '',
    endpoint: 'posts',
    responses: [response],
    responseMode: null,
    streamingMode: null,
    streamingInterval: 0,
  }
  const data = [
    { uuid: 'd1', id: 'posts', name: 'posts', documentation: '', value: JSON.stringify(posts) },
  ]
  return {
    uuid: 'e1',
    lastMigration: 33,
    name: 'bench',
    port: 39332,
    hostname: '127.0.0.1',
    endpointPrefix: '',
    latency: 0,
    folders: [],
    routes: [route],
    rootChildren: [{ type: 'route', uuid: 'a1' }],
    proxyMode: false,
    proxyHost: '',
    proxyRemovePrefix: false,
    tlsOptions: {
      enabled: false,
      type: 'CERT',
      pfxPath: '',
      certPath: '',
      keyPath: '',
      caPath: '',
      passphrase: '',
    },
    cors: false,
    headers: [],
    proxyReqHeaders: [],
    proxyResHeaders: [],
    data,
    callbacks: [],
  }
}

/** The median over rounds of one figure divided by another of the same round. */
export function ratio(
  rounds: Record<string, number[]>,
  name: string,
  to: string,
): number | undefined {
  const [upper, lower] = [rounds[name], rounds[to]]
  return upper && lower
    ? median(upper.map((value, round) => value / (lower[round] ?? NaN)))
    : undefined
}
