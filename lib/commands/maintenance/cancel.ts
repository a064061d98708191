import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { MuteCommands } from '../../ports/mute-commands.ts'

/** Takes a maintenance out of the calendar from now on; one that runs ends now. What took place stays. Admins. */
export async function cancelMaintenance(
  commands: Pick<MuteCommands, 'cancelMaintenance'>,
  projectId: string,
  windowId: string,
): Promise<CommandResult> {
  const answer = await commands.cancelMaintenance(projectId, windowId)
  if (!answer.ok) return answer
  return answer.value
    ? { ok: true, value: null }
    : refuse(null, 'PT404', 'there is no such maintenance in this project')
}
