import { catalogue } from './checks/index.ts'
import { browserMissing } from './instruments/chromium/find-chromium.ts'
import { REDIS_MISSING, redisBinary } from './instruments/redis.ts'
import { missingNeed, type Offer } from './missing-need.ts'
import { loadTarget } from './open-run.ts'
import { asksForVault } from './open-vault.ts'
import type { RunOptions } from './run.ts'
import { selectChecks } from './select-checks.ts'
import type { Target } from './target/schema.ts'
import type { Level } from './verdict/verdict.ts'
import { waiversOf } from './waivers/read-waivers.ts'
import type { Waiver } from './waivers/waiver.ts'

/** What a run would do with one check. */
export interface PlannedCheck {
  id: string
  title: string
  level: Level
  /** Why it would be SKIP, as far as that can be told from the target file and this machine. */
  skip: string | undefined
  /** Whether its failure would be borne. */
  waiver: Waiver | undefined
}

/** What a run would do. */
export interface RunPlan {
  target: string
  /** How the target would be started. */
  start: string
  instances: number
  checks: readonly PlannedCheck[]
}

/** Reads target, selection and waivers and says what would run, without starting anything. Throws as `runHarness` does. */
export async function planRun(options: RunOptions): Promise<RunPlan> {
  const from = options.checks ?? catalogue
  const checks = selectChecks(from, options)
  const loaded = await loadTarget(options)
  const waivers = await waiversOf(loaded, {
    file: options.waivers,
    catalogue: from,
    today: options.today ?? new Date().toISOString().slice(0, 10),
  })
  const { target } = loaded
  const offer = offerOf(target, options)
  return {
    target: target.target,
    start: startOf(target),
    instances: offer.instances,
    checks: checks.map((check) => ({
      id: check.id,
      title: check.title,
      level: check.level,
      skip: missingNeed(check, offer),
      waiver: waivers.find(({ id }) => id === check.id),
    })),
  }
}

function offerOf(target: Target, { redisUrl, browser }: RunOptions): Offer {
  const hasRedis = !asksForVault(target) || redisUrl !== undefined || redisBinary() !== undefined
  return {
    target,
    instances: target.start.urls?.length ?? (hasRedis ? target.start.instances : 1),
    vaultMissing: hasRedis ? undefined : REDIS_MISSING,
    browserMissing: browserMissing(browser),
  }
}

function startOf({ start }: Target): string {
  if (start.urls) return `attach to ${start.urls.join(', ')}`
  const build = start.build === undefined ? '' : `${start.build}; then `
  return `${build}${start.command ?? `module ${start.module ?? ''}`}`
}
