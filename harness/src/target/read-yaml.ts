import { readFile } from 'node:fs/promises'
import { parse, YAMLParseError } from 'yaml'

/** A file that holds no YAML, or none at all; `message` says in a line what to do. */
export class YamlProblem extends Error {
  override readonly name = 'YamlProblem'
}

/** `{{port}}` without quotes is a mapping to YAML. */
const BARE_TEMPLATE = /^(?:\s*-\s+|[^#'"]*:\s+)(\{\{\s*[\w.:]+\s*\}\})/

/** Reads YAML (or JSON, which is YAML). Throws `YamlProblem`. */
export async function readYaml(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new YamlProblem(whyUnreadable(cause))
  })
  const lines = text.split('\n')
  const bare = lines.flatMap((line, index) => {
    const template = BARE_TEMPLATE.exec(line)?.[1]
    return template === undefined ? [] : [`line ${index + 1}: write '${template}' in quotes`]
  })
  if (bare[0] !== undefined) throw new YamlProblem(bare[0])
  try {
    return parse(text) as unknown
  } catch (cause) {
    if (cause instanceof YAMLParseError)
      throw new YamlProblem(`no valid YAML: ${cause.message.trim()}`)
    throw cause
  }
}

function whyUnreadable(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder: name the file in it'
  return cause instanceof Error ? cause.message : 'it cannot be read'
}
