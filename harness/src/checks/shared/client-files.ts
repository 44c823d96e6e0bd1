import { readdir, readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { CheckContext } from '../../context.ts'
import { headerOf, textOf, type Exchange } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { referredFiles, WELL_KNOWN } from './script-references.ts'

/** A file that a browser is given: a script, a worker, a manifest, a source map. */
export interface ClientFile {
  /** Path at the application, or in the declared folder. */
  path: string
  text: string
}

/** Bounds of the crawl: an application with more than this has shown enough. */
const MOST_FILES = 600
const MOST_BYTES = 64 * 1024 * 1024

/** Every script that the pages loaded, that those name (lazy chunks, workers, manifests), their source maps, and the files of the declared build folder. */
export async function clientFiles(
  ctx: CheckContext,
  answers: readonly Exchange[],
): Promise<ClientFile[]> {
  const session = await ctx.visitor('crawler')
  const loaded = answers.filter(isLoadedFile)
  const files = new Map<string, ClientFile>()
  let bytes = 0
  const keep = (path: string, text: string) => {
    files.set(path, { path, text })
    bytes += text.length
  }
  for (const answer of loaded) keep(answer.call.path, textOf(answer))
  const queue = [
    ...WELL_KNOWN,
    ...answers.flatMap((answer) => referredFiles(answer.call.path, textOf(answer))),
    ...loaded.flatMap((answer) => mapsOf(answer.call.path, answer)),
  ]
  const asked = new Set(files.keys())
  for (const path of queue) {
    if (asked.has(path) || files.size >= MOST_FILES || bytes >= MOST_BYTES) continue
    asked.add(path)
    const answer = await fetched(session, path)
    if (!answer) continue
    keep(path, textOf(answer))
    queue.push(...referredFiles(path, textOf(answer)), ...mapsOf(path, answer))
  }
  for (const file of await builtFiles(ctx)) files.set(file.path, file)
  return [...files.values()]
}

/** Asked for without a session: what scripts hold is public. */
async function fetched(session: Session, path: string): Promise<Exchange | undefined> {
  const answer = await session.browser.send({ method: 'GET', path, headers: [] })
  // A page instead of a file is how many applications say that there is none.
  return answer.status === 200 && !/html/i.test(typeOf(answer)) ? answer : undefined
}

const typeOf = ({ headers }: Exchange) => headerOf(headers, 'content-type') ?? ''

/** What a page loaded: scripts and what they are driven by, and the documents for the scripts within them. */
const isLoadedFile = (answer: Exchange) =>
  /javascript|ecmascript|html|manifest/i.test(typeOf(answer)) ||
  /\.(m?js|cjs|json|map)$/.test(answer.call.path.split('?')[0] ?? '')

/** Where the source map of a script would be. */
function mapsOf(path: string, answer: Exchange): string[] {
  if (!/\.m?js$/.test(path.split('?')[0] ?? '')) return []
  const named =
    headerOf(answer.headers, 'sourcemap') ??
    headerOf(answer.headers, 'x-sourcemap') ??
    /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(textOf(answer).slice(-2000))?.[1]
  const at = (text: string) => new URL(text, `http://app${path}`)
  const urls = [`${path.split('?')[0] ?? ''}.map`, ...(named === undefined ? [] : [named])]
  return urls
    .map(at)
    .filter(({ host }) => host === 'app')
    .map(({ pathname, search }) => pathname + search)
}

async function builtFiles({ target, folder }: CheckContext): Promise<ClientFile[]> {
  if (target.assets === undefined) return []
  const root = resolve(folder, target.assets)
  const entries = await readdir(root, { withFileTypes: true, recursive: true }).catch(() => [])
  const files: ClientFile[] = []
  for (const entry of entries.filter(
    (each) => each.isFile() && /\.(m?js|json|map)$/.test(each.name),
  )) {
    const path = join(entry.parentPath, entry.name)
    files.push({
      path: `${target.assets}/${relative(root, path)}`,
      text: await readFile(path, 'utf8'),
    })
  }
  return files
}
