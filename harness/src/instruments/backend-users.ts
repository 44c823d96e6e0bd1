import { randomUUID } from 'node:crypto'
import type { ControlClient, Seed } from 'mock-conduit'
import { randomMarker } from '../target/template.ts'
import type { CanaryRegistry } from './canary-registry.ts'
import { generateDocuments, type SchemaLike } from './seed-generator.ts'

/** A user made for one check. */
export interface TestUser {
  id: string
  email: string
  password: string
  /** A private file of the user's own. */
  file: SeededFile
  /** Document that points to the file, when the target's preview is addressed by one. */
  documentId: string | undefined
}

export interface SeededFile {
  id: string
  name: string
  bytes: Buffer
}

/** What is known of the world that users are made in. */
export interface SeedingPlan {
  schemas: readonly SchemaLike[]
  /** Previews addressed by a document. */
  via?: { schema: string; field: string } | undefined
  registry: CanaryRegistry
}

/** Users, files and documents made for checks. */
export interface BackendUsers {
  /** A fresh user with documents and a file, known to the canary registry. */
  makeUser(name: string): Promise<TestUser>
  addFile(
    user: TestUser,
    name: string,
    bytes: Buffer,
    /** What a storage that keeps types answers; others go by the name. */
    mimeType?: string,
  ): Promise<{ file: SeededFile; documentId: string | undefined }>
  /** A file whose bytes the storage host makes while it sends them, so that it may be larger than memory; `file.bytes` is empty. */
  addGeneratedFile(
    user: TestUser,
    name: string,
    random: { bytes: number; seed: number },
  ): Promise<{ file: SeededFile; documentId: string | undefined }>
  /** Documents of one schema for a user; every text is a marker of its own, or `text`. Returns the markers. */
  addDocuments(
    user: TestUser,
    wanted: { schema: string; count: number; text?: string },
  ): Promise<string[]>
  /** Documents of the user's that point to a public file, whose URL the backend puts into them. */
  publishFile(user: TestUser): Promise<void>
  /** Documents in every schema that belong to nobody of the run. */
  shareDocuments(perSchema: number): Promise<void>
}

export const createBackendUsers = (control: ControlClient, plan: SeedingPlan): BackendUsers => ({
  makeUser: (name) => makeUser(control, plan, name),
  addFile: (user, name, bytes, mimeType) => addFile(control, plan, { user, name, bytes, mimeType }),
  addGeneratedFile: (user, name, random) =>
    addFile(control, plan, { user, name, bytes: Buffer.alloc(0), random }),
  addDocuments: (user, wanted) => addDocuments(control, plan, { user, ...wanted }),
  publishFile: (user) => publishFile(control, plan, user),
  shareDocuments: (perSchema) => shareDocuments(control, plan, perSchema),
})

async function shareDocuments(
  control: ControlClient,
  plan: SeedingPlan,
  perSchema: number,
): Promise<void> {
  const ownerId = randomUUID()
  await control.seed({
    users: [
      { _id: ownerId, email: `shared-${randomMarker(4)}@example.test`, password: randomMarker() },
    ],
  })
  await control.seed(
    seedOf(generateDocuments({ schemas: plan.schemas, ownerId, fileId: undefined, perSchema })),
  )
}

const seedOf = ({ documents, relations }: Pick<Seed, 'documents' | 'relations'>): Seed => ({
  ...(documents ? { documents } : {}),
  ...(relations && relations.length > 0 ? { relations } : {}),
})

async function makeUser(
  control: ControlClient,
  plan: SeedingPlan,
  name: string,
): Promise<TestUser> {
  const id = randomUUID()
  const email = `${name}.${randomMarker(4)}@example.test`
  const password = `Pw-${randomMarker()}`
  plan.registry.add({ kind: 'password', owner: email, generation: 0, value: password })
  await control.seed({
    users: [
      {
        _id: id,
        email,
        username: name + randomMarker(4),
        password,
        active: true,
        isVerified: true,
      },
    ],
  })
  const bytes = Buffer.from(`A private file of ${name}: ${randomMarker(32)}\n`)
  const user: TestUser = {
    id,
    email,
    password,
    file: { id: '', name: '', bytes },
    documentId: undefined,
  }
  const { file, documentId } = await addFile(control, plan, { user, name: `${name}.txt`, bytes })
  const own = generateDocuments({
    schemas: plan.schemas,
    ownerId: id,
    fileId: file.id,
    perSchema: 2,
    ownedOnly: true,
  })
  await control.seed(seedOf(own))
  return { ...user, file, documentId }
}

interface FilePlan {
  user: TestUser
  name: string
  bytes: Buffer
  mimeType?: string | undefined
  /** In place of `bytes`. */
  random?: { bytes: number; seed: number }
}

async function addFile(
  control: ControlClient,
  plan: SeedingPlan,
  { user, name, bytes, mimeType, random }: FilePlan,
): Promise<{ file: SeededFile; documentId: string | undefined }> {
  const id = randomUUID()
  const unique = `${randomMarker(4)}-${name}`
  await control.seed({
    files: [
      {
        _id: id,
        name: unique,
        owner: user.email,
        isPublic: false,
        ...(random ? { random } : { base64: bytes.toString('base64') }),
        ...(mimeType === undefined ? {} : { mimeType }),
      },
    ],
  })
  const file = { id, name: unique, bytes }
  if (!plan.via) return { file, documentId: undefined }
  const { schema, field } = plan.via
  const made = generateDocuments({
    schemas: plan.schemas.filter((each) => each.name === schema),
    ownerId: user.id,
    fileId: id,
    perSchema: 1,
  })
  const fields = made.documents?.[schema]?.[0]
  const documentId = typeof fields?.['_id'] === 'string' ? fields['_id'] : randomUUID()
  const document = { ...fields, _id: documentId, [field]: id }
  await control.seed(seedOf({ ...made, documents: { [schema]: [document] } }))
  return { file, documentId }
}

interface DocumentsPlan {
  user: TestUser
  schema: string
  count: number
  text?: string
}

async function addDocuments(
  control: ControlClient,
  plan: SeedingPlan,
  { user, schema, count, text }: DocumentsPlan,
): Promise<string[]> {
  const schemas = plan.schemas.filter((each) => each.name === schema)
  const made = generateDocuments({
    schemas,
    ownerId: user.id,
    fileId: user.file.id,
    perSchema: count,
    ...(text === undefined ? {} : { text }),
  })
  await control.seed(seedOf(made))
  return made.markers
}

async function publishFile(
  control: ControlClient,
  plan: SeedingPlan,
  user: TestUser,
): Promise<void> {
  const fileId = randomUUID()
  await control.seed({
    files: [
      {
        _id: fileId,
        name: `${randomMarker(4)}-public.txt`,
        owner: user.email,
        isPublic: true,
        text: 'public',
      },
    ],
  })
  const own = generateDocuments({
    schemas: plan.schemas,
    ownerId: user.id,
    fileId,
    perSchema: 2,
    ownedOnly: true,
  })
  await control.seed(seedOf(own))
}
