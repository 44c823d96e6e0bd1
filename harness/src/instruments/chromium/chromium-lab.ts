import type { Browser as Chromium } from 'playwright-core'
import { SetupProblem } from '../../verdict/outcome-errors.ts'
import type { Site } from '../browser.ts'
import type { Exchange } from '../http-exchange.ts'
import { openEdge, type Edge } from './edge.ts'
import { browserMissing, CHROMIUM_MISSING, findChromium } from './find-chromium.ts'
import { createProfile, type Profile } from './profile.ts'

/** How a profile differs from the usual one. */
export interface ProfileWishes {
  /** Pages that were left are kept whole, to be shown again by Back, as browsers of people do and driven ones do not. */
  keepsPages?: boolean
}

/** A real browser behind a TLS edge: one process per run and kind of profile, started when the first check asks, and a new profile for each. */
export interface ChromiumLab {
  /** Why there is no browser; undefined when there is one. */
  missing: string | undefined
  /** A profile without any state. Throws `SetupProblem` when Chromium does not start. */
  newProfile(wishes?: ProfileWishes): Promise<Profile>
  stop(): Promise<void>
}

export interface LabPlan {
  site: Site
  record: (exchange: Exchange) => void
  /** `--browser PATH` */
  executable?: string | undefined
}

export function createChromiumLab({ site, record, executable }: LabPlan): ChromiumLab {
  const path = findChromium(executable)
  let opened: Promise<Edge> | undefined
  const launched = new Map<boolean, Promise<Chromium>>()
  const chromiumFor = (executablePath: string, edge: Edge, keepsPages: boolean) => {
    const known = launched.get(keepsPages) ?? launch(executablePath, edge, keepsPages)
    launched.set(keepsPages, known)
    return known
  }
  return {
    missing: browserMissing(executable),
    async newProfile({ keepsPages = false } = {}) {
      if (path === undefined) throw new SetupProblem(CHROMIUM_MISSING)
      const edge = await (opened ??= openEdge(site, record))
      const chromium = await chromiumFor(path, edge, keepsPages)
      edge.reset()
      return createProfile(chromium, edge)
    },
    async stop() {
      for (const chromium of launched.values())
        await chromium.then((each) => each.close()).catch(() => undefined)
      await (await opened)?.stop()
    },
  }
}

async function launch(executablePath: string, edge: Edge, keepsPages: boolean): Promise<Chromium> {
  try {
    return await start(executablePath, edge, keepsPages)
  } catch (cause) {
    throw new SetupProblem(
      `Chromium (${executablePath}) did not start: ${cause instanceof Error ? cause.message.slice(0, 1000) : String(cause)}`,
    )
  }
}

const LAUNCH_MS = 90_000

/** The libraries are loaded here, so that runs without a browser do not pay for them. */
async function start(executablePath: string, edge: Edge, keepsPages: boolean): Promise<Chromium> {
  // Playwright reports what service workers fetch only when it is asked to.
  process.env['PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS'] = '1'
  const { chromium } = await import('playwright-core')
  return chromium.launch({
    executablePath,
    timeout: LAUNCH_MS,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ...(keepsPages ? { ignoreDefaultArgs: ['--disable-back-forward-cache'] } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=${edge.resolverRules}`,
      ...(edge.pin === undefined ? [] : [`--ignore-certificate-errors-spki-list=${edge.pin}`]),
      // Heap snapshots cut strings after 1024 characters unless told otherwise; tokens may stand later in a long one.
      '--js-flags=--heap-snapshot-string-limit=400000',
    ],
  })
}
