import { defineCheck } from '../../check.ts'
import { labelOf } from '../../instruments/canary-registry.ts'
import { searchHeap } from '../../instruments/chromium/heap-search.ts'
import { travel } from '../shared/journey.ts'

export const leak08 = defineCheck({
  id: 'LEAK-08',
  title: "No token is in the memory of the browser's scripts",
  level: 'MUST',
  profiles: ['browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: [],
  requirement: ['BBA threat analysis'],
  source: [],
  mutants: ['token-in-module-state'],
  usualCauses: [
    'a store or module of the client holds the session object with the tokens in it',
    'an answer with tokens was parsed, and only a part of it used',
  ],
  async run(ctx) {
    const found = new Set<string>()
    let searched = 0
    await travel(ctx, {
      byForm: true,
      async atPage({ profile, tab }, last) {
        // A snapshot is dear; by the last round the pages have seen everything.
        if (!last || !tab.url().startsWith(profile.edge.origin)) return
        await ctx.backend.learnTokens()
        const heap = await searchHeap(profile.context, tab, {
          registry: ctx.registry,
          kinds: ['access', 'refresh'],
        })
        searched += heap.searched
        for (const canary of heap.found) found.add(labelOf(canary))
      },
    })
    ctx.witness(`${Math.round(searched / 1024)} KiB of heap snapshots were searched`, searched > 0)
    ctx.expect('tokens in the heap of the pages', [], [...found])
  },
})
