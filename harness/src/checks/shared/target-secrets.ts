import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { CheckContext } from '../../context.ts'

const SECRET_NAME = /secret|password|passwd|private|masterkey|master_key|api_?key|credential/i
/** What is public by its prefix may hold a key that is meant for browsers, but no secret. */
const PUBLIC_NAME = /^(next_public|vite|react_app|nuxt_public|public|expo_public)_/i
const NEVER_PUBLIC = /secret|password|passwd|private|master/i
const isSecret = (name: string) => (PUBLIC_NAME.test(name) ? NEVER_PUBLIC : SECRET_NAME).test(name)
const MIN_LENGTH = 12

/** Learns what the target itself keeps secret: the vault's address, and values of variables whose names say so, in the target file and in the `.env` files beside the target. */
export async function learnTargetSecrets(ctx: CheckContext): Promise<void> {
  const add = (kind: 'client-secret' | 'redis-url', value: string) => {
    if (value.length >= MIN_LENGTH)
      ctx.registry.add({ kind, owner: 'target', generation: 0, value })
  }
  for (const url of ctx.vault.urls) if (url?.includes('://')) add('redis-url', new URL(url).host)
  const { start } = ctx.target
  const pairs = [
    ...Object.entries(start.env),
    ...(await envFilePairs(resolve(ctx.folder, start.cwd ?? '.'))),
  ]
  // What a template fills in is no secret by its own text.
  for (const [name, value] of pairs)
    if (isSecret(name) && !value.includes('{{')) add('client-secret', value)
}

async function envFilePairs(folder: string): Promise<[string, string][]> {
  const names = await readdir(folder).catch(() => [])
  const texts = await Promise.all(
    names
      .filter((name) => /^\.env(\.(local|production|production\.local))?$/.test(name))
      .map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  )
  return texts.flatMap((text) =>
    [...text.matchAll(/^\s*(?:export\s+)?(\w+)\s*=\s*(["']?)(.*?)\2\s*$/gm)].map(
      (match): [string, string] => [match[1] ?? '', match[3] ?? ''],
    ),
  )
}
