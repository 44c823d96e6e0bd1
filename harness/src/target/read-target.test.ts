import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { minimalTarget } from '../../test/target-samples.ts'
import { parseTarget, readTargetFile, TargetFileError } from './read-target.ts'

function problemsOf(input: unknown): readonly string[] {
  try {
    parseTarget(input)
  } catch (error) {
    if (error instanceof TargetFileError) return error.problems
    throw error
  }
  return []
}

describe('parseTarget', () => {
  it('fills the defaults and names method and path of each route', () => {
    const target = parseTarget(minimalTarget)
    expect(target.world).toEqual('blog')
    expect(target.session).toEqual({ cookie: 'auto', csrf: 'none' })
    expect(target.start.instances).toEqual(1)
    expect(target.start.ready).toEqual({ get: '/', within: 60_000 })
    expect(target.policy).toEqual({
      presignedPut: 'forbidden',
      origins: [],
      sameSiteSubdomains: 'untrusted',
      deadline: 30_000,
    })
    expect([target.routes.login.method, target.routes.login.path]).toEqual(['POST', '/api/login'])
  })

  it('tells all problems at once with the path in the file', () => {
    expect(
      problemsOf({
        target: 'x',
        start: { command: 'a', urls: ['http://127.0.0.1:1'], ready: { within: 'soon' } },
        session: { crsf: 'none' },
        routes: { login: { POST: 'api' }, list: { GET: '/a', POST: '/a' } },
      }),
    ).toEqual([
      'start.ready.within: write a duration such as 500ms, 30s, 2m or 12h',
      'start: give exactly one of command (a shell command), module (a file that exports start) or urls (BFFs that run already)',
      'session.crsf: not a key of version 1; there are cookie, csrf',
      'routes.login.POST: a path starts with /',
      'routes.logout: is required, for example { POST: /api/logout }',
      'routes.list: name exactly one method with its path, for example { GET: /api/items }',
    ])
  })

  it('names the right key, and templates that stand for nothing', () => {
    const { start, routes } = minimalTarget
    expect(problemsOf({ ...minimalTarget, routes: { ...routes, list: { get: '/x' } } })).toEqual([
      'routes.list.get: not a key of version 1; write GET',
    ])
    expect(problemsOf(null)[0]).toContain('target, start and routes at least')
    expect(
      problemsOf({
        ...minimalTarget,
        start: { ...start, command: 'run -p {{port}}', env: { A: '{{bakend.url}}', N: 3 } },
        routes: { ...routes, create: { POST: '/x', json: { title: '{{nonse}}' } } },
      }).map((problem) => problem.split(';')[0]),
    ).toEqual([
      'start.command: {{port}} is filled in start.env only',
      'start.env.A: {{bakend.url}} stands for nothing here',
      'routes.create.json.title: {{nonse}} stands for nothing here',
    ])
  })

  it('says what is wrong with a file that is no YAML, or with a template without quotes', async () => {
    const fileOf = async (text: string) => {
      const file = join(await mkdtemp(join(tmpdir(), 'yaml-')), 'bffc.yaml')
      await writeFile(file, text)
      return file
    }
    const read = async (text: string) => readTargetFile(await fileOf(text))
    await expect(read('start:\n  env: { PORT: {{port}} }\n')).rejects.toThrow(
      "line 2: write '{{port}}' in quotes",
    )
    await expect(read('a: [')).rejects.toThrow('no valid YAML: ')
    await expect(read('')).rejects.toThrow('target, start and routes at least')
    await expect(readTargetFile('/nowhere/bffc.yaml')).rejects.toThrow('there is no such file')
    await expect(readTargetFile(tmpdir())).rejects.toThrow('it is a folder')
  })

  it('lets a preset fill in what the file leaves out', () => {
    const target = parseTarget({
      target: 'app',
      preset: 'next-app-router',
      start: { env: { SESSION_SECRET: 'mine' } },
      routes: { list: { GET: '/api/notes' }, create: null },
    })
    expect(target.start.command).toEqual('npx next start -H 127.0.0.1 -p $PORT')
    expect([target.start.env['SESSION_SECRET'], target.start.env['REDIS_URL']]).toEqual([
      'mine',
      '{{vault.url}}',
    ])
    expect([target.routes.list.path, target.routes.list.items]).toEqual(['/api/notes', undefined])
    expect([target.routes.create, target.routes.login.path]).toEqual([undefined, '/api/auth/login'])
  })

  it('starts a target with a preset in its own way when it names one', () => {
    const { start } = parseTarget({
      target: 'app',
      preset: 'next-app-router',
      start: { urls: ['http://127.0.0.1:3000'] },
    })
    expect([start.command, start.build, start.urls]).toEqual([
      undefined,
      undefined,
      ['http://127.0.0.1:3000'],
    ])
    expect(problemsOf({ target: 'app', preset: 'nuxt' })[0]).toMatch(/^preset: .*next-app-router/)
  })

  it('reads durations in words', () => {
    const target = parseTarget({ ...minimalTarget, policy: { deadline: '2m' } })
    expect(target.policy.deadline).toEqual(120_000)
  })
})
