import type { Check } from './check.ts'

interface Repeated {
  /** The target file as it was named. */
  name?: string
  seed: number
  strict?: boolean
  env?: Readonly<Record<string, string>>
}

/** The command that repeats just one check of a run. A value that may be secret is left to the shell's variable of that name. */
export function repeatCommand({ id }: Check, { name, seed, strict, env }: Repeated): string {
  return [
    `harness run ${id} --target ${quoted(name ?? 'FILE')} --seed ${seed}`,
    ...(strict ? ['--strict'] : []),
    ...Object.entries(env ?? {}).map(
      ([key, value]) =>
        `--env ${MAY_BE_SECRET.test(key) ? `"${key}=$${key}"` : quoted(`${key}=${value}`)}`,
    ),
  ].join(' ')
}

const MAY_BE_SECRET = /secret|password|passwd|token|key|credential|url/i

const quoted = (text: string) =>
  /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
