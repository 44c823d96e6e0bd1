import { join } from 'node:path'
import { conformance } from 'bff-harness/vitest'
import { plainTarget } from '../target-controls.ts'

conformance(plainTarget, {
  folder: join(import.meta.dirname, '..'),
  ids: ['VAULT-01', 'VAULT-05', 'REFRESH-01'],
})

conformance(join(import.meta.dirname, '../../targets/reference.yaml'), {
  name: 'mutant',
  ids: ['VAULT-01'],
  env: { MUTANT: 'login-returns-backend-json' },
  seed: 1,
})
