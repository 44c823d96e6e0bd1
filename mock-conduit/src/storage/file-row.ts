import { sqlText } from '../database/sql-text.ts'
import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { PeerError } from './peer-error.ts'

/** A File document. Dates are ISO strings; `folder` is `/` or ends with a slash. Source: ST/models/File.schema.ts:4-45. */
export interface FileRow {
  _id: string
  name: string
  folder: string
  alias: string | null
  container: string
  size: number
  isPublic: boolean
  url: string | null
  sourceUrl: string | null
  mimeType: string | null
  createdAt: string
  updatedAt: string
}

const TABLE = 'File'
const COLUMN_CHARACTERS = 255

/** A file by its id, in any notation PostgreSQL takes; throws the database's error for what is no uuid. */
export function findFile(world: World, id: string): FileRow | undefined {
  const table = world.store.table(TABLE)
  const row = table.get(id) ?? table.get(canonicalUuid(id) ?? '')
  if (row) return fileOf(row)
  if (canonicalUuid(id) === undefined)
    throw new PeerError(
      'database.DatabaseProvider/findOne',
      `invalid input syntax for type uuid: "${sqlText(id)}"`,
    )
  return undefined
}

/** A file by its id as it is. */
export function storedFile(world: World, id: string): FileRow | undefined {
  const row = world.store.table(TABLE).get(id)
  return row && fileOf(row)
}

/** Files of one folder. */
export function* filesIn(
  world: World,
  where: { container: string; folder: string },
): Generator<FileRow> {
  for (const row of world.store.table(TABLE).rows())
    if (row['folder'] === where.folder && row['container'] === where.container) yield fileOf(row)
}

/** Rows of all files that anybody may read. */
export function publicFiles(world: World): FileRow[] {
  const files: FileRow[] = []
  for (const row of world.store.table(TABLE).rows())
    if (row['isPublic'] === true) files.push(fileOf(row))
  return files
}

export type NewFile = Omit<FileRow, 'createdAt' | 'updatedAt' | '_id'> & { _id?: string }

/** Inserts with the model's own fields filled in; a text past 255 characters is the database's error. */
export function insertFile(world: World, file: NewFile): FileRow {
  const now = new Date(world.clock.now()).toISOString()
  const row = { ...file, _id: file._id ?? world.ids.uuid(), createdAt: now, updatedAt: now }
  fitColumns(row, 'create')
  world.store.table(TABLE).insert({ ...row })
  return row
}

/** Writes the given fields over a file's own; `undefined` leaves one as it is. */
export function changeFile(
  world: World,
  file: FileRow,
  changes: { [K in keyof FileRow]?: FileRow[K] | undefined },
): FileRow {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  const stored = world.store.table(TABLE).get(file._id)
  const row = { ...stored, ...file, ...Object.fromEntries(given) }
  const updated = { ...row, updatedAt: new Date(world.clock.now()).toISOString() }
  fitColumns(updated, 'findByIdAndUpdate')
  world.store.table(TABLE).replace(updated)
  return updated
}

/** Writes the URLs of a file, as if they had always been so. */
export function putUrls(
  world: World,
  file: FileRow,
  urls: Pick<FileRow, 'url' | 'sourceUrl'>,
): void {
  world.store.table(TABLE).replace({ ...world.store.table(TABLE).get(file._id), ...file, ...urls })
}

export function deleteFileRow(world: World, file: FileRow): void {
  world.store.table(TABLE).delete(file._id)
}

/** PostgreSQL's `varchar(255)` counts characters. */
export function fitColumn(value: unknown, method: string): void {
  if (typeof value === 'string' && value.length > COLUMN_CHARACTERS)
    if (Array.from(value).length > COLUMN_CHARACTERS)
      throw new PeerError(
        `database.DatabaseProvider/${method}`,
        'value too long for type character varying(255)',
      )
}

function fitColumns(row: FileRow, method: string): void {
  for (const value of Object.values(row)) fitColumn(value, method)
}

function fileOf(row: Row): FileRow {
  const text = (field: keyof FileRow) => (typeof row[field] === 'string' ? row[field] : null)
  return {
    ...row,
    name: text('name') ?? '',
    folder: text('folder') ?? '/',
    alias: text('alias'),
    container: text('container') ?? '',
    size: Number(row['size'] ?? 0),
    isPublic: row['isPublic'] === true,
    url: text('url'),
    sourceUrl: text('sourceUrl'),
    mimeType: text('mimeType'),
    createdAt: text('createdAt') ?? '',
    updatedAt: text('updatedAt') ?? '',
  }
}

const uuid = /^(\{?)([0-9a-f]{4})-?((?:[0-9a-f]{4}-?){6})([0-9a-f]{4})(\}?)$/i

function canonicalUuid(text: string): string | undefined {
  const [, open, , , , close] = uuid.exec(text) ?? []
  if (open === undefined || (open === '') !== (close === '')) return undefined
  const hex = text.replace(/[{}-]/g, '').toLowerCase()
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
