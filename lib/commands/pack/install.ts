import { keysOfRows, type PackChoice, rowsOfChoice } from '../../domain/pack/choice.ts'
import type { PackRow } from '../../domain/pack/pack.ts'
import { type PlannedRow, planInstall } from '../../domain/pack/plan-install.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { PackProject, PackStore } from '../../ports/pack-store.ts'

export interface InstalledPack {
  /** Keys of rules that are new: taking them back is what undoes this. */
  added: string[]
  upgraded: string[]
  /** Keys of upgraded rules of which something stayed as people had changed it. */
  kept: string[]
  /** Rows that could not become rules. */
  skipped: { row: PackRow; reason: 'deleted' | 'no_token_budget' | 'key_taken' | 'same_as' }[]
}

/**
 * Installs what is chosen, or brings it up to date (`upgrade`: without what people deleted). What people changed stays as they have it.
 * Nothing to do is no error. Admins.
 */
export async function installPack(
  store: PackStore,
  project: PackProject,
  choice: PackChoice,
  mode: 'install' | 'upgrade' = 'install',
): Promise<CommandResult<InstalledPack>> {
  const chosen = rowsOfChoice(choice)
  if (chosen.length === 0) return refuse(null, 'PT404', 'there is no such pack')
  const { installed, context } = await store.load(project, keysOfRows(chosen))
  // One after another: what one pack brings covers the same rows of the next.
  const planned: PlannedRow[] = []
  for (const { pack, rows } of chosen) {
    const known = [...installed, ...planned.flatMap((row) => (row.op === 'add' ? [row] : []))]
    planned.push(...planInstall({ pack, installed: known, context, mode, only: rows.map(({ id }) => id) }))
  }
  const rules = planned.flatMap((row) => (row.op === 'add' || row.op === 'upgrade' ? [row] : []))
  if (rules.length > 0) {
    const answer = await store.apply(project.id, { rules, removedKeys: [] })
    if (!answer.ok) return answer
  }
  return { ok: true, value: sumUp(planned) }
}

function sumUp(planned: readonly PlannedRow[]): InstalledPack {
  const keysOf = (test: (row: PlannedRow) => boolean) => planned.filter(test).map(({ key }) => key)
  return {
    added: keysOf(({ op }) => op === 'add'),
    upgraded: keysOf(({ op }) => op === 'upgrade'),
    kept: keysOf((row) => row.op === 'upgrade' && row.kept.length > 0),
    skipped: planned.flatMap((row) => (row.op === 'skip' ? [{ row: row.row, reason: row.reason }] : [])),
  }
}
