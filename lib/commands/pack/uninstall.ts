import { keysOfRows, type PackChoice, rowsOfChoice } from '../../domain/pack/choice.ts'
import { planUninstall, type UninstallPlan } from '../../domain/pack/plan-uninstall.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { PackProject, PackStore } from '../../ports/pack-store.ts'

/** Deletes the rules of what is chosen. Those that people changed stay and are named, unless `alsoChanged`. Admins. */
export async function uninstallPack(
  store: PackStore,
  project: PackProject,
  choice: PackChoice,
  alsoChanged = false,
): Promise<CommandResult<UninstallPlan>> {
  const chosen = rowsOfChoice(choice)
  if (chosen.length === 0) return refuse(null, 'PT404', 'there is no such pack')
  const { installed } = await store.load(project, keysOfRows(chosen))
  const plans = chosen.map(({ pack, rows, isWhole }) =>
    planUninstall(pack.key, installed, { alsoChanged, ...(isWhole ? {} : { only: rows.map(({ id }) => id) }) }),
  )
  const plan: UninstallPlan = {
    remove: plans.flatMap(({ remove }) => remove),
    keep: plans.flatMap(({ keep }) => keep),
  }
  if (plan.remove.length > 0) {
    const answer = await store.apply(project.id, { rules: [], removedKeys: plan.remove })
    if (!answer.ok) return answer
  }
  return { ok: true, value: plan }
}
