import { defineConfig } from 'vitest/config'

const conditions = ['source']

/** For the child process of `../vitest-entry.test.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { include: ['*.spec.ts'] },
})
