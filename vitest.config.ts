import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/longest-first.ts'

const conditions = ['source']

/** One project per folder; `@/` is the sample app's own path to itself. */
const project = (name: string) => ({
  resolve: {
    conditions,
    alias: name === 'sample-app' ? { '@': join(import.meta.dirname, 'sample-app') } : {},
  },
  ssr: { resolve: { conditions } },
  test: {
    name,
    root: name,
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.next/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // a whole run of the harness on a loaded machine may leave a stimulus unproven (VACUOUS); it is asked once more
    retry: name === 'harness' ? 1 : 0,
  },
})

export default defineConfig({
  test: {
    projects: ['fixtures', 'mock-conduit', 'harness', 'sample-app', 'scripts'].map(project),
    // The long tests wait for most of their time: four share two cores.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
  },
})
