import type { Check } from './check.ts'
import type { Level, Profile } from './verdict/verdict.ts'

/** Which checks of the catalogue are asked for. */
export interface Selection {
  /** Ids or beginnings of ids: `REFRESH-04`, `REFRESH`, `refresh-04`. */
  ids?: readonly string[]
  profiles?: readonly Profile[]
  levels?: readonly Level[]
}

/** A selection that matches nothing is a mistake of the user. */
export class SelectionError extends Error {
  override readonly name = 'SelectionError'
}

/** The selected checks, dependencies first, checks that judge the whole run last; otherwise in catalogue order. */
export function selectChecks(catalogue: readonly Check[], selection: Selection): Check[] {
  const ids = (selection.ids ?? []).map((id) => id.toUpperCase())
  for (const id of ids)
    if (!catalogue.some((check) => matchesId(check, id)))
      throw new SelectionError(`No check is called ${id}. "harness list" shows them all.`)
  const chosen = catalogue.filter(
    (check) =>
      (ids.length === 0 || ids.some((id) => matchesId(check, id))) &&
      (selection.profiles === undefined ||
        check.profiles.some((profile) => selection.profiles?.includes(profile))) &&
      (selection.levels === undefined || selection.levels.includes(check.level)),
  )
  if (chosen.length === 0)
    throw new SelectionError('No check is left by this choice of ids, profiles and levels.')
  return inOrder(chosen)
}

const matchesId = (check: Check, id: string) =>
  check.id === id ||
  check.id.startsWith(id.endsWith('-') ? id : `${id}-`) ||
  (/-\d$/.test(id) && check.id.startsWith(id))

function inOrder(checks: readonly Check[]): Check[] {
  const ordered: Check[] = []
  const visit = (check: Check) => {
    if (ordered.includes(check)) return
    for (const id of check.dependsOn) {
      const dependency = checks.find((each) => each.id === id)
      if (dependency) visit(dependency)
    }
    ordered.push(check)
  }
  for (const check of checks) if (check.scope !== 'run') visit(check)
  for (const check of checks) visit(check)
  return ordered
}
