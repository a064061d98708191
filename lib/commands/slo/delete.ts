import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { SloCommands } from '../../ports/slo-commands.ts'

/** Deletes an SLO. What was measured stays; rules on its burn rate have nothing to go by any more. Admins. */
export async function deleteSlo(
  commands: Pick<SloCommands, 'delete'>,
  projectId: string,
  sloId: string,
): Promise<CommandResult> {
  const answer = await commands.delete(projectId, sloId)
  if (!answer.ok) return answer
  return answer.value ? { ok: true, value: null } : refuse(null, 'PT404', 'there is no such SLO in this project')
}
