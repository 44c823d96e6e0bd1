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

/** Our mock, or any server with its control API: time is the world's clock, frozen. */
export function controlledServer(
  url: string,
  about: { storageBase: string; variables: Record<string, string> },
): ServerUnderTest {
  const control = createControlClient(url)
  return {
    base: url,
    ...about,
    async prepare({ config, development }) {
      await control.reset()
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
      if (name === 'blockUser' && typeof userId === 'string') await control.block(userId)
      else if (name === 'unblockUser' && typeof userId === 'string') await control.unblock(userId)
      else if (name === 'clear' && isTexts(schemas)) await clear(schemas)
      else if (name === 'relation')
        await control.seed({ relations: relationsOf(relations ?? args) })
      else return `hook "${name}" is not known here`
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

function relationsOf(value: unknown): { subject: string; relation: string; resource: string }[] {
  return [value].flat().map((each: unknown) => {
    if (typeof each !== 'object' || each === null)
      throw new Error('The hook "relation" takes {subject, relation, resource}.')
    const { subject, relation, resource } = each as Record<string, unknown>
    return { subject: String(subject), relation: String(relation), resource: String(resource) }
  })
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
