import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { KpiCommands } from '../../ports/kpi-commands.ts'

/** Deletes a KPI with its connection string. The samples that it left stay as long as those of any metric. Admins. */
export async function deleteKpi(
  commands: Pick<KpiCommands, 'delete'>,
  projectId: string,
  kpiId: string,
): Promise<CommandResult> {
  const answer = await commands.delete(projectId, kpiId)
  if (!answer.ok) return answer
  return answer.value ? { ok: true, value: null } : refuse(null, 'PT404', 'there is no such KPI in this project')
}
