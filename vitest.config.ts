import { defineConfig } from 'vitest/config'

const source = { resolve: { conditions: ['source'] }, ssr: { resolve: { conditions: ['source'] } } }
const project = (name: string) => ({
  ...source,
  test: {
    name,
    root: name,
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.next/**'],
  },
})

export default defineConfig({
  test: {
    projects: [
      project('fixtures'),
      project('mock-conduit'),
      project('harness'),
      project('sample-app'),
    ],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
