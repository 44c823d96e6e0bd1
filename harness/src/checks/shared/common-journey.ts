import type { CheckContext } from '../../context.ts'
import type { Haystack } from '../../instruments/canary-scan.ts'
import type { BrowserRequest } from '../../instruments/chromium/profile.ts'
import { storedText } from '../../instruments/chromium/stored-text.ts'
import type { Exchange } from '../../instruments/http-exchange.ts'
import { clientFiles, type ClientFile } from './client-files.ts'
import { hintedOrigins } from './egress.ts'
import { travel } from './journey.ts'

/** What was seen on the way of one signed-in user through all pages. */
export interface Souvenirs {
  /** Origin of the application in the browser. */
  origin: string
  /** The rendered document of each visit. */
  documents: readonly Haystack[]
  /** What the pages, their scripts and their data were answered. */
  answers: readonly Exchange[]
  /** What the browser asked for. */
  requests: readonly BrowserRequest[]
  /** What the browser kept at each visit, and how many visits were looked at. */
  stored: readonly Haystack[]
  looked: number
  /** URLs that pages asked the browser to connect to ahead of time. */
  hints: readonly string[]
}

/** One journey, signed in by the application's own form, for all checks that only look at what it showed. */
export async function commonJourney(ctx: CheckContext): Promise<Souvenirs> {
  const souvenirs = await ctx.shared('a journey through the pages', async () => {
    const stored: Haystack[] = []
    const hints: string[] = []
    let looked = 0
    const { profile, documents } = await travel(ctx, {
      byForm: true,
      async atPage({ tab, profile: { edge } }) {
        hints.push(...(await hintedOrigins(tab)))
        if (!tab.url().startsWith(edge.origin)) return
        stored.push(...(await storedText(tab)))
        looked += 1
      },
    })
    return {
      origin: profile.edge.origin,
      documents,
      answers: [...profile.edge.answers()],
      requests: [...profile.requests()],
      stored,
      looked,
      hints,
    }
  })
  ctx.witness(
    `a signed-in browser went through the pages: ${souvenirs.requests.length} requests, ${souvenirs.answers.length} answers`,
    souvenirs.answers.length > 0,
  )
  return souvenirs
}

/** The files that the application gives browsers, as far as the common journey leads to them. */
export async function commonFiles(ctx: CheckContext): Promise<readonly ClientFile[]> {
  const { answers } = await commonJourney(ctx)
  const files = await ctx.shared('the files for browsers', () => clientFiles(ctx, answers))
  ctx.witness(`${files.length} client files of ${answers.length} answers were read`, true)
  return files
}
