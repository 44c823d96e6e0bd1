import type { ControlOperation } from './operation.ts'
import { dataOperations } from './operations/data.ts'
import { faultOperations } from './operations/faults.ts'
import { gateOperations } from './operations/gates.ts'
import { journalOperations } from './operations/journal.ts'
import { portOperations } from './operations/ports.ts'
import { settingOperations } from './operations/settings.ts'
import { userOperations } from './operations/users.ts'
import { worldOperations } from './operations/worlds.ts'

/** Every line of the control API. */
export const controlOperations: readonly ControlOperation[] = [
  ...worldOperations,
  ...settingOperations,
  ...userOperations,
  ...dataOperations,
  ...journalOperations,
  ...faultOperations,
  ...gateOperations,
  ...portOperations,
]
