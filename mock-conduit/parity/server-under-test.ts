import { createControlClient } from '../src/control/client.ts'

/** What a replay may do to the server beyond sending requests; every method says why it cannot, or undefined. */
export interface ServerUnderTest {
  base: string
  storageBase: string
  /** Variables the environment gives: ids and secrets of security clients. */
  variables: Record<string, string>
  prepare(scenario: {
    config: Record<string, unknown>
    development: boolean
  }): Promise<string | undefined>
  wait(ms: number): Promise<string | undefined>
  alignSecond(): Promise<string | undefined>
  hook(name: string, args: Record<string, unknown>): Promise<string | undefined>
}

interface ControlledServer extends Pick<ServerUnderTest, 'storageBase' | 'variables'> {
  /** FORMAT.md's letter: documents of earlier scenarios remain. Without it each scenario starts from the seed. */
  keep?: boolean
}

/** Our mock, or any server with its control API: time is the world's clock, frozen. */
export function controlledServer(
  url: string,
  { keep = false, ...about }: ControlledServer,
): ServerUnderTest {
  const control = createControlClient(url)
  return {
    base: url,
    ...about,
    async prepare({ config, development }) {
      if (!keep) await control.reset()
      await control.setOptions({
        rotation: 'racy',
        distinctTokens: false,
        mode: development ? 'development' : 'production',
      })
      await control.setConfig(config)
      await control.clearCache()
      await control.freeze()
      return undefined
    },
    async wait(ms) {
      await control.advance(ms)
      return undefined
    },
    async alignSecond() {
      const { now } = await control.clock()
      await control.advance(1_000 - (now % 1_000) + 10)
      return undefined
    },
    async hook(name, args) {
      const { userId, schemas, relations } = args
      const related = relationsOf(relations ?? args)
      if (name === 'blockUser' && typeof userId === 'string') await control.block(userId)
      else if (name === 'unblockUser' && typeof userId === 'string') await control.unblock(userId)
      else if (name === 'clear' && isTexts(schemas)) await clear(schemas)
      else if (name === 'relation' && related) await control.seed({ relations: related })
      else
        return `hook "${name}" with ${Object.keys(args).join(', ') || 'no arguments'} is not known`
      return undefined
    },
  }

  async function clear(schemas: string[]): Promise<void> {
    for (const schema of schemas) await control.clearDocuments(schema)
    await control.clearCache()
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

/** One `{subject, relation, resource}` or a list of them; undefined when it is something else. */
function relationsOf(value: unknown): Relation[] | undefined {
  const found: Relation[] = []
  for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
    const { subject, relation, resource } = (each ?? {}) as Record<string, unknown>
    if (!isTexts([subject, relation, resource])) return undefined
    found.push({ subject: String(subject), relation: String(relation), resource: String(resource) })
  }
  return found
}

interface Relation {
  subject: string
  relation: string
  resource: string
}

/** A foreign server: nothing but requests and real time. */
export function foreignServer(url: string, storageBase: string): ServerUnderTest {
  const sleep = async (ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, ms))
    return undefined
  }
  return {
    base: url.replace(/\/$/, ''),
    storageBase,
    variables: {},
    async prepare({ config, development }) {
      if (development) return 'recorded with NODE_ENV unset'
      return Object.keys(config).length > 0 ? 'needs a config of its own' : undefined
    },
    wait: sleep,
    alignSecond: () => sleep(1_010 - (Date.now() % 1_000)),
    hook: async (name) => `hook "${name}" needs a control API`,
  }
}
