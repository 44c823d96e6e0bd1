import type { FaultSpec, GateSpec } from 'mock-conduit'
import type { Discovery, ExpiryMode } from './discovery.ts'
import type { Backend } from './instruments/backend.ts'
import type { TestUser } from './instruments/backend-users.ts'
import { createBrowser, type Site } from './instruments/browser.ts'
import { scan, TOKENS, type Haystack, type Leak } from './instruments/canary-scan.ts'
import type { CanaryKind, CanaryRegistry } from './instruments/canary-registry.ts'
import type { ChromiumLab, ProfileWishes } from './instruments/chromium/chromium-lab.ts'
import type { Profile } from './instruments/chromium/profile.ts'
import { haystacksOf } from './instruments/exchange-text.ts'
import { isAccepted, type Exchange } from './instruments/http-exchange.ts'
import { journalMark, readJournal, type JournalView } from './instruments/journal-view.ts'
import type { Decoy } from './instruments/decoy.ts'
import type { Recorder } from './instruments/recorder.ts'
import type { SharedWork } from './shared-work.ts'
import { steady, until } from './instruments/settle.ts'
import {
  createSession,
  describe,
  describeCall,
  signIn,
  type CallOptions,
  type Session,
} from './session.ts'
import { setupHint } from './setup-hint.ts'
import { setupText } from './setup-text.ts'
import type { Instance } from './target/running-instance.ts'
import type { Vault } from './open-vault.ts'
import type { Target } from './target/schema.ts'
import type { Ledger } from './verdict/ledger.ts'
import { SetupProblem } from './verdict/outcome-errors.ts'

/** A gate of the backend, removed when the check ends. */
export interface HeldGate {
  /** Waits until `count` requests wait; false when that does not happen within `ms`. */
  waiting(count: number, ms: number): Promise<boolean>
  /** Requests that wait right now. */
  now(): Promise<number>
  release(): Promise<void>
}

/** A fault of the backend, removed when the check ends. */
export interface ArmedFault {
  hits(): Promise<number>
  remove(): Promise<void>
}

/** Everything of a run that checks share. */
export interface RunParts {
  target: Target
  site: Site
  instances: readonly Instance[]
  backend: Backend
  registry: CanaryRegistry
  recorder: Recorder
  discovery: Discovery
  /** Stands where the admin API would; nobody may call it. */
  admin: Decoy
  /** A host of nobody's; nobody may call it. */
  sink: Decoy
  vault: Vault
  /** A real browser, where there is one. */
  chromium: ChromiumLab
  /** Where relative paths of the target file start. */
  folder: string
  /** Outcomes that several checks judge. */
  sharedWork: SharedWork
  /** Drives generated contents; the same seed makes the same files. */
  seed: number
}

/** What a check works with. */
export interface CheckContext extends Ledger, RunParts {
  /** A fresh user who has not signed in. */
  visitor(name?: string): Promise<Session>
  /** Signs a visitor in; SETUP when that does not work. */
  signIn(session: Session, options?: CallOptions): Promise<Exchange>
  /** A fresh user, signed in on instance 0 or the one given, whose list route works. */
  signedIn(options?: CallOptions): Promise<Session>
  /** A fresh signed-in user whose access token has just expired. */
  expired(mode: ExpiryMode): Promise<Session>
  /** Expires the access tokens of a user by decree. */
  expire(user: TestUser): Promise<void>
  /** A fresh profile of a real browser, signed in with the cookies of the session when one is given; closed when the check ends. */
  openProfile(session?: Session, wishes?: ProfileWishes): Promise<Profile>
  /** Does work for all checks of the run that ask for it by this name; only for what is looked at and not changed. */
  shared<Value>(name: string, work: () => Promise<Value>): Promise<Value>
  mark(): Promise<number>
  journal(since: number, user?: TestUser): Promise<JournalView>
  /** The newest token generation of a user. */
  generation(user: TestUser): Promise<number>
  /** Times a spent refresh token of the user was presented. */
  reuses(user: TestUser): Promise<number>
  gate(spec: GateSpec): Promise<HeldGate>
  fault(spec: FaultSpec): Promise<ArmedFault>
  /** Waits until no request is on its way upstream and nothing has arrived for a while. */
  drain(): Promise<void>
  /** Secrets of the given kinds (access and refresh tokens by default) in an answer or in texts. */
  leaksIn(where: Exchange | readonly Haystack[], kinds?: readonly CanaryKind[]): Promise<Leak[]>
}

/** The context of one check, and what is to be cleaned up after it. */
export function createContext(
  parts: RunParts,
  ledger: Ledger,
  checkId: string,
): { ctx: CheckContext; cleanUp: () => Promise<string[]> } {
  const { backend, target, site, recorder, registry } = parts
  const { control } = backend
  const gates: string[] = []
  const faults: string[] = []
  const profiles: Profile[] = []
  const visitor = async (name = checkId.toLowerCase()) =>
    createSession(
      target,
      await backend.makeUser(name),
      createBrowser(site, (exchange) => {
        recorder.record(exchange)
      }),
    )
  const ctx: CheckContext = {
    ...ledger,
    ...parts,
    visitor,
    signIn: (session, options) => signIn(backend, session, options),
    async signedIn(options) {
      const session = await visitor()
      await signIn(backend, session, options)
      await listWorks(session, options)
      return session
    },
    async expired(mode) {
      if (mode === 'decree') {
        const session = await ctx.signedIn()
        await ctx.expire(session.user)
        return session
      }
      const session = await visitor()
      await inThePast(backend, () => signIn(backend, session))
      return session
    },
    expire: async (user) => {
      await control.expire(user.id)
    },
    async openProfile(session, wishes) {
      const profile = await parts.chromium.newProfile(wishes)
      profiles.push(profile)
      if (session) await profile.plant(session.browser.jar.cookies())
      return profile
    },
    shared: (name, work) => parts.sharedWork.get(name, checkId, work),
    mark: () => journalMark(control),
    journal: (since, user) => readJournal(control, since, user?.id),
    async generation(user) {
      return Math.max(0, ...(await control.tokens(user.id)).map((token) => token.generation))
    },
    async reuses(user) {
      return (await control.users()).find((each) => each._id === user.id)?.reuses ?? 0
    },
    async gate(spec) {
      const { id } = await control.addGate(spec)
      gates.push(id)
      const now = async () => (await control.gates()).find((gate) => gate.id === id)?.waiting ?? 0
      return {
        now,
        waiting: (count, ms) => until(ms, async () => (await now()) >= count, 20),
        release: async () => {
          await control.releaseGate(id)
        },
      }
    },
    async fault(spec) {
      const { id } = await control.addFault(spec)
      faults.push(id)
      return {
        hits: async () =>
          (await control.faults()).faults.find((fault) => fault.id === id)?.hits ?? 0,
        remove: async () => {
          faults.splice(faults.indexOf(id), 1)
          await control.removeFault(id)
        },
      }
    },
    async drain() {
      await control.quiet(3000).catch(() => undefined)
      await steady(() => journalMark(control), { forMs: 200, maxMs: 5000 })
    },
    async leaksIn(where, kinds = TOKENS) {
      await backend.learnTokens()
      return scan(registry, 'rawBody' in where ? haystacksOf(where) : where, kinds)
    },
  }
  return {
    ctx,
    async cleanUp() {
      try {
        return await cleanUp(backend, gates, faults)
      } finally {
        // Last, for an open gate lets a page end what it does.
        await Promise.all(profiles.map((profile) => profile.close()))
      }
    },
  }
}

async function listWorks(session: Session, options: CallOptions | undefined): Promise<void> {
  const answer = await session.call('list', options)
  if (!isAccepted(answer))
    throw new SetupProblem(
      setupText({
        problem: 'after login the list route was not accepted.',
        sent: describeCall(answer.call),
        got: describe(answer),
        change: setupHint(answer, 'list', { target: session.target }),
      }),
    )
}

const MARGIN_MS = 5 * 60_000

/** Runs something while the backend's clock stands so far back that access tokens minted meanwhile have expired by now, for the backend and by their `exp`. */
export async function inThePast(backend: Backend, act: () => Promise<unknown>): Promise<void> {
  const back = (await accessLifeMs(backend)) + MARGIN_MS
  await backend.control.advance(-back)
  try {
    await act()
  } finally {
    await backend.control.advance(back)
  }
}

async function accessLifeMs(backend: Backend): Promise<number> {
  const config: unknown = await backend.control.config()
  const period = (config as { authentication?: { accessTokens?: { expiryPeriod?: unknown } } })
    .authentication?.accessTokens?.expiryPeriod
  return typeof period === 'number' ? period : 3_600_000
}

/** Takes the check's gates and faults away; names those that were never met. */
async function cleanUp(
  { control }: Backend,
  gates: readonly string[],
  faults: readonly string[],
): Promise<string[]> {
  const unmetGates = (await control.gates())
    .filter((gate) => gates.includes(gate.id) && gate.held === 0)
    .map((gate) => `gate on ${gate.operation} was never met`)
  const unmetFaults = (await control.faults()).faults
    .filter((fault) => faults.includes(fault.id) && fault.hits === 0)
    .map((fault) => `fault on ${fault.operation} was never met`)
  for (const id of gates) await control.removeGate(id)
  for (const id of faults) await control.removeFault(id)
  return [...unmetGates, ...unmetFaults]
}
