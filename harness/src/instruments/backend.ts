import { randomUUID } from 'node:crypto'
import {
  startMockConduit,
  type ControlClient,
  type MockOptions,
  type RunningMock,
  type Seed,
} from 'mock-conduit'
import type { CanaryRegistry } from './canary-registry.ts'
import { generateDocuments, type SchemaLike } from './seed-generator.ts'
import { randomMarker } from '../target/template.ts'

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

/** The mock that stands where Conduit would, one port per instance. */
export interface Backend {
  control: ControlClient
  storageUrl: string
  /** URL for instance 0, 1 …; its requests carry the label `i1`, `i2` … in the journal. */
  urls: readonly string[]
  /** A fresh user with documents and a file, known to the canary registry. */
  makeUser(name: string): Promise<TestUser>
  addFile(
    user: TestUser,
    name: string,
    bytes: Buffer,
  ): Promise<{ file: SeededFile; documentId: string | undefined }>
  /** Documents of one schema for a user; every text is a marker of its own, or `text`. Returns the markers. */
  addDocuments(
    user: TestUser,
    wanted: { schema: string; count: number; text?: string },
  ): Promise<string[]>
  /** The schema that a custom endpoint reads. */
  schemaOfEndpoint(name: string): string | undefined
  /** Documents of the user's that point to a public file, whose URL the backend puts into them. */
  publishFile(user: TestUser): Promise<void>
  /** Learns every token minted so far. */
  learnTokens(): Promise<void>
  stop(): Promise<void>
}

export interface BackendPlan {
  world: NonNullable<MockOptions['world']>
  schemas: readonly SchemaLike[]
  /** Name of each custom endpoint and the schema it reads. */
  endpoints: Readonly<Record<string, string>>
  instances: number
  /** Fixed ports for targets that run already. */
  ports?: readonly number[] | undefined
  /** Previews addressed by a document. */
  via?: { schema: string; field: string } | undefined
  storage?: { dialect: 'local' | 's3' } | undefined
  registry: CanaryRegistry
}

const SHARED_DOCUMENTS = 30

export async function startBackend(plan: BackendPlan): Promise<Backend> {
  const mock = await startMockConduit({
    world: plan.world,
    ...(plan.ports?.[0] === undefined ? {} : { port: plan.ports[0] }),
    options: {
      rotation: 'strict',
      rateLimits: 'off',
      distinctTokens: true,
      ...(plan.storage ? { storage: plan.storage } : {}),
    },
  })
  try {
    return await furnish(mock, plan)
  } catch (error) {
    await mock.stop()
    throw error
  }
}

async function furnish(mock: RunningMock, plan: BackendPlan): Promise<Backend> {
  const { control } = mock
  const urls = plan.ports ? [mock.url] : await openPorts(control, plan.instances)
  const ownerId = randomUUID()
  await control.seed({
    users: [
      { _id: ownerId, email: `shared-${randomMarker(4)}@example.test`, password: randomMarker() },
    ],
  })
  const shared = generateDocuments({
    schemas: plan.schemas,
    ownerId,
    fileId: undefined,
    perSchema: SHARED_DOCUMENTS,
  })
  await control.seed(seedOf(shared))
  return {
    control,
    storageUrl: mock.storageUrl,
    urls,
    makeUser: (name) => makeUser(control, plan, name),
    addFile: (user, name, bytes) => addFile(control, plan, { user, name, bytes }),
    addDocuments: (user, wanted) => addDocuments(control, plan, { user, ...wanted }),
    schemaOfEndpoint: (name) => plan.endpoints[name],
    publishFile: (user) => publishFile(control, plan, user),
    learnTokens: () => learnTokens(control, plan.registry),
    stop: () => mock.stop(),
  }
}

async function openPorts(control: ControlClient, count: number): Promise<string[]> {
  const urls: string[] = []
  for (let index = 0; index < count; index += 1)
    urls.push((await control.openPort(`i${index + 1}`)).url)
  return urls
}

const seedOf = ({ documents, relations }: Pick<Seed, 'documents' | 'relations'>): Seed => ({
  ...(documents ? { documents } : {}),
  ...(relations && relations.length > 0 ? { relations } : {}),
})

async function makeUser(
  control: ControlClient,
  plan: BackendPlan,
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
}

async function addFile(
  control: ControlClient,
  plan: BackendPlan,
  { user, name, bytes }: FilePlan,
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
        base64: bytes.toString('base64'),
      },
    ],
  })
  const file = { id, name: unique, bytes }
  if (!plan.via) return { file, documentId: undefined }
  const { schema, field } = plan.via
  const [document] =
    generateDocuments({
      schemas: plan.schemas.filter((each) => each.name === schema),
      ownerId: user.id,
      fileId: id,
      perSchema: 1,
    }).documents?.[schema] ?? []
  const documentId = randomUUID()
  await control.seed({
    documents: { [schema]: [{ ...document, _id: documentId, [field]: id }] },
    relations: [
      { subject: `User:${user.id}`, relation: 'owner', resource: `${schema}:${documentId}` },
    ],
  })
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
  plan: BackendPlan,
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
  plan: BackendPlan,
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

async function learnTokens(control: ControlClient, registry: CanaryRegistry): Promise<void> {
  const { tokens } = await tokensOf(control)
  for (const token of tokens)
    registry.add({
      kind: token.kind,
      owner: token.email ?? token.userId,
      generation: token.generation,
      value: token.token,
    })
}

async function tokensOf(
  control: ControlClient,
): Promise<{ tokens: Awaited<ReturnType<ControlClient['tokens']>> }> {
  return { tokens: await control.tokens() }
}
