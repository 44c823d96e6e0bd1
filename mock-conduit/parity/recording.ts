import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** A request as a recording describes it; strings are templates. */
export interface RecordedRequest {
  method: string
  path?: string
  url?: string
  query?: string | Record<string, Json> | null
  auth?: string
  headers?: Record<string, string | null | { repeatChar: string; n: number }>
  json?: Json
  text?: string
  bodyBase64?: string
  form?: Record<string, Json>
  multipart?: { name: string; value: string; filename?: string; contentType?: string }[]
  fill?: { prefix: string; char: string; n: number; suffix: string }
}

export type RecordedBody =
  | { kind: 'empty' }
  | { kind: 'json'; value: Json }
  | { kind: 'text'; value: string }
  | { kind: 'binary'; length: number; base64: string; sha256: string }

export interface RecordedResponse {
  status: number
  reason: string
  headers: Record<string, string | string[]>
  body: RecordedBody
}

export interface Exchange {
  request: RecordedRequest
  response: RecordedResponse
  capture?: Record<string, string>
}

/** Turns one variable into another. */
export interface Derivation {
  from: string
  jwtPart?: number
  path?: string
  regex?: [pattern: string, replacement: string][]
  replace?: [from: string, to: string][]
  reverse?: boolean
  upper?: boolean
  urlPath?: boolean
}

export interface RecordedStep extends Partial<Exchange> {
  name?: string
  waitMs?: number
  alignSecond?: boolean
  parallel?: Exchange[]
  repeat?: number
  statusRuns?: [status: number, count: number][]
  firstOfEach?: { nth: number; response: RecordedResponse }[]
  hook?: string
  args?: Record<string, Json>
  mint?: Json
  set?: Record<string, string>
  derive?: Record<string, Derivation>
  shown?: Record<string, Json>
}

export interface Recording {
  id: string
  title: string
  area: string
  config: Record<string, Record<string, Json>>
  steps: RecordedStep[]
  /** Recorded with NODE_ENV unset: the file lies in a folder `devmode`. */
  development: boolean
  /** As the file stands; literals in it are not normalised away. */
  source: string
}

/** Scenario files of a folder and its sub-folders (`devmode`), in order of name. Throws when there are none. */
export function readRecordings(folder: string, only: string | undefined): Recording[] {
  if (!existsSync(folder))
    throw new Error(`No folder ${folder}: give one that holds recordings with --recordings DIR.`)
  const wanted = scenarioFiles(folder).filter((file) =>
    matches(only, relative(folder, file).replace(/\.json$/, '')),
  )
  if (wanted.length === 0)
    throw new Error(
      only === undefined
        ? `${folder} holds no recording.`
        : `No recording in ${folder} matches --only ${only}.`,
    )
  return wanted.map(readRecording)
}

/** Scenarios of the folder itself, then those of its sub-folders; `environment` describes the server. */
function scenarioFiles(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )
  const within = (name: string) => join(folder, name)
  return [
    ...entries.filter((each) => each.isFile() && each.name.endsWith('.json')),
    ...entries.filter((each) => each.isDirectory() && each.name !== 'environment'),
  ].flatMap((each) => (each.isFile() ? [within(each.name)] : scenarioFiles(within(each.name))))
}

function readRecording(file: string): Recording {
  const source = readFileSync(file, 'utf8')
  const recording = parse(source, file)
  if (!Array.isArray(recording.steps)) throw new Error(`${file} is no recording: it has no steps.`)
  return {
    ...recording,
    id: recording.id ?? basename(file, '.json'),
    config: recording.config ?? {},
    development: basename(dirname(file)) === 'devmode',
    source,
  }
}

type Written = Omit<Recording, 'id' | 'config' | 'development' | 'source'> &
  Partial<Pick<Recording, 'id' | 'config'>>

function parse(source: string, file: string): Written {
  try {
    return JSON.parse(source) as Written
  } catch (error) {
    throw new Error(`${file} is no JSON: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    })
  }
}

/** Comma-separated globs with `*`, on the id (in whatever sub-folder) or on `devmode/<id>`. */
function matches(only: string | undefined, name: string): boolean {
  if (only === undefined) return true
  return only.split(',').some((glob) => {
    const pattern = glob
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')
    return [name, basename(name)].some((each) => new RegExp(`^${pattern}$`).test(each))
  })
}
